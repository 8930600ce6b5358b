CREATE TABLE `pulled_changeset` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`changeset_id` text NOT NULL,
	`import_id` text,
	`author` text NOT NULL,
	`changes` text,
	`received_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pulled_changeset_changeset_id_unique` ON `pulled_changeset` (`changeset_id`);--> statement-breakpoint
CREATE INDEX `pulled_changeset_received_at` ON `pulled_changeset` (`received_at`);--> statement-breakpoint
CREATE TABLE `erasure` (
	`id` text PRIMARY KEY NOT NULL,
	`entity` text NOT NULL,
	`entity_id` text NOT NULL,
	`erased_at` text NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `erasure_entity_id` ON `erasure` (`entity_id`);