DROP INDEX `outbox_state`;--> statement-breakpoint
CREATE INDEX `outbox_state` ON `outbox` (`state`,`device_seq`,`change_count`);