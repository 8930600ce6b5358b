DROP INDEX `entry_activity_id`;--> statement-breakpoint
CREATE INDEX `entry_facts` ON `entry` (`activity_id`,`deleted`,`stamp`,`author_kind`,`released`);