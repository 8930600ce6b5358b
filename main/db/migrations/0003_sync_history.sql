CREATE TABLE `sync_history` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`started_at` text NOT NULL,
	`ended_at` text NOT NULL,
	`sent` integer DEFAULT 0 NOT NULL,
	`refused` integer DEFAULT 0 NOT NULL,
	`received` integer DEFAULT 0 NOT NULL,
	`files_sent` integer DEFAULT 0 NOT NULL,
	`files_received` integer DEFAULT 0 NOT NULL,
	`bytes_sent` integer DEFAULT 0 NOT NULL,
	`bytes_received` integer DEFAULT 0 NOT NULL,
	`tries` integer DEFAULT 1 NOT NULL,
	`code` text
);
--> statement-breakpoint
CREATE INDEX `sync_history_ended_at` ON `sync_history` (`ended_at`);