CREATE TABLE `file_use` (
	`sha256` text PRIMARY KEY NOT NULL,
	`used_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `property_files` (
	`property_id` text PRIMARY KEY NOT NULL,
	`keep` text NOT NULL
);
