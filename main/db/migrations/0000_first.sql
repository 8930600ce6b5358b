CREATE TABLE `local_file` (
	`sha256` text PRIMARY KEY NOT NULL,
	`file_name` text NOT NULL,
	`media_type` text NOT NULL,
	`size` integer NOT NULL,
	`upload` text,
	`tus_url` text,
	`sent_bytes` integer DEFAULT 0 NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`device_seq` integer PRIMARY KEY NOT NULL,
	`changeset_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`import_id` text,
	`changes` text NOT NULL,
	`change_count` integer NOT NULL,
	`created_at` text NOT NULL,
	`state` text NOT NULL,
	`code` text,
	`field` text,
	`settled_at` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_changeset_id_unique` ON `outbox` (`changeset_id`);--> statement-breakpoint
CREATE INDEX `outbox_state` ON `outbox` (`state`,`device_seq`);--> statement-breakpoint
CREATE TABLE `parked_change` (
	`seq` integer PRIMARY KEY NOT NULL,
	`change` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `pending_row` (
	`change_id` text PRIMARY KEY NOT NULL,
	`entity` text NOT NULL,
	`entity_id` text NOT NULL,
	`device_seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `pending_row_entity` ON `pending_row` (`entity`,`entity_id`);--> statement-breakpoint
CREATE INDEX `pending_row_device_seq` ON `pending_row` (`device_seq`);--> statement-breakpoint
CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`email` text,
	`channel` text NOT NULL,
	`invited_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`disabled_at` text,
	`invitation_sent_at` text,
	`registered_at` text,
	`last_seen_at` text,
	`login_email` text,
	`show_in_directory` integer NOT NULL,
	`show_phone` integer NOT NULL,
	`show_email` integer NOT NULL,
	`language` text NOT NULL,
	`problem` text,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `account_person_id` ON `account` (`person_id`);--> statement-breakpoint
CREATE TABLE `activity_person` (
	`id` text PRIMARY KEY NOT NULL,
	`activity_id` text NOT NULL,
	`person_id` text NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `activity_person_activity_id` ON `activity_person` (`activity_id`);--> statement-breakpoint
CREATE INDEX `activity_person_person_id` ON `activity_person` (`person_id`);--> statement-breakpoint
CREATE TABLE `activity` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer,
	`subject` text NOT NULL,
	`property_id` text,
	`unit_id` text,
	`topic_id` text,
	`status_id` text NOT NULL,
	`status_seen` text,
	`assignee_id` text,
	`due_on` text,
	`handled_through` text,
	`opened_by` text NOT NULL,
	`created_at` text NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `activity_property_id` ON `activity` (`property_id`);--> statement-breakpoint
CREATE INDEX `activity_unit_id` ON `activity` (`unit_id`);--> statement-breakpoint
CREATE INDEX `activity_topic_id` ON `activity` (`topic_id`);--> statement-breakpoint
CREATE INDEX `activity_status_id` ON `activity` (`status_id`);--> statement-breakpoint
CREATE INDEX `activity_assignee_id` ON `activity` (`assignee_id`);--> statement-breakpoint
CREATE TABLE `delivery` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`person_id` text NOT NULL,
	`channel` text NOT NULL,
	`address` text,
	`state` text NOT NULL,
	`at` text NOT NULL,
	`problem` text,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `delivery_subject_id` ON `delivery` (`subject_id`);--> statement-breakpoint
CREATE INDEX `delivery_person_id` ON `delivery` (`person_id`);--> statement-breakpoint
CREATE TABLE `entry` (
	`id` text PRIMARY KEY NOT NULL,
	`activity_id` text NOT NULL,
	`kind` text NOT NULL,
	`author_kind` text NOT NULL,
	`author_id` text NOT NULL,
	`author_name` text NOT NULL,
	`body` text NOT NULL,
	`created_at` text NOT NULL,
	`stamp` text NOT NULL,
	`released` integer NOT NULL,
	`released_at` text,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `entry_activity_id` ON `entry` (`activity_id`);--> statement-breakpoint
CREATE TABLE `status` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`is_new` integer NOT NULL,
	`is_closed` integer NOT NULL,
	`position` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `topic` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`icon` text,
	`offered` integer NOT NULL,
	`position` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `document_category` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	`icon` text,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `document` (
	`id` text PRIMARY KEY NOT NULL,
	`property_id` text NOT NULL,
	`title` text NOT NULL,
	`category_id` text,
	`audience_groups` text NOT NULL,
	`audience_person_ids` text NOT NULL,
	`period_from` text,
	`period_to` text,
	`state` text NOT NULL,
	`published_at` text,
	`created_at` text NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `document_property_id` ON `document` (`property_id`);--> statement-breakpoint
CREATE INDEX `document_category_id` ON `document` (`category_id`);--> statement-breakpoint
CREATE TABLE `attachment` (
	`id` text PRIMARY KEY NOT NULL,
	`parent` text NOT NULL,
	`parent_id` text NOT NULL,
	`sha256` text NOT NULL,
	`file_name` text NOT NULL,
	`media_type` text NOT NULL,
	`size` integer NOT NULL,
	`position` integer NOT NULL,
	`created_at` text NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `attachment_parent_id` ON `attachment` (`parent_id`);--> statement-breakpoint
CREATE INDEX `attachment_sha256` ON `attachment` (`sha256`);--> statement-breakpoint
CREATE TABLE `blob` (
	`id` text PRIMARY KEY NOT NULL,
	`sha256` text NOT NULL,
	`size` integer NOT NULL,
	`media_type` text NOT NULL,
	`available_at` text NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `blob_sha256` ON `blob` (`sha256`);--> statement-breakpoint
CREATE TABLE `notice` (
	`id` text PRIMARY KEY NOT NULL,
	`property_id` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`audience_groups` text NOT NULL,
	`pinned` integer NOT NULL,
	`visible_from` text,
	`visible_until` text,
	`state` text NOT NULL,
	`published_at` text,
	`author_kind` text NOT NULL,
	`author_id` text NOT NULL,
	`approval` text NOT NULL,
	`created_at` text NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `notice_property_id` ON `notice` (`property_id`);--> statement-breakpoint
CREATE TABLE `membership` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`property_id` text NOT NULL,
	`unit_id` text,
	`group` text NOT NULL,
	`from` text,
	`to` text,
	`account_number` text,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `membership_person_id` ON `membership` (`person_id`);--> statement-breakpoint
CREATE INDEX `membership_property_id` ON `membership` (`property_id`);--> statement-breakpoint
CREATE INDEX `membership_unit_id` ON `membership` (`unit_id`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text,
	`salutation` text,
	`title` text,
	`first_name` text,
	`last_name` text,
	`company` text,
	`street` text,
	`postal_code` text,
	`city` text,
	`email` text,
	`phone` text,
	`mobile` text,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `emergency_contact` (
	`id` text PRIMARY KEY NOT NULL,
	`property_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`phone` text NOT NULL,
	`note` text,
	`position` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `emergency_contact_property_id` ON `emergency_contact` (`property_id`);--> statement-breakpoint
CREATE TABLE `portal_setting` (
	`id` text PRIMARY KEY NOT NULL,
	`property_id` text NOT NULL,
	`residents_may_post` text NOT NULL,
	`posts_need_approval` integer NOT NULL,
	`directory_groups` text NOT NULL,
	`message_groups` text NOT NULL,
	`topic_ids` text,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `portal_setting_property_id` ON `portal_setting` (`property_id`);--> statement-breakpoint
CREATE TABLE `property` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`street` text,
	`house_number` text,
	`postal_code` text,
	`city` text,
	`year_built` integer,
	`iban` text,
	`photo` text,
	`online` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `unit_rent` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`cents` integer NOT NULL,
	`from` text,
	`to` text,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `unit_rent_unit_id` ON `unit_rent` (`unit_id`);--> statement-breakpoint
CREATE TABLE `unit` (
	`id` text PRIMARY KEY NOT NULL,
	`property_id` text NOT NULL,
	`number` text NOT NULL,
	`location` text,
	`usage` text NOT NULL,
	`area_hundredths` integer,
	`rooms_tenths` integer,
	`share_numerator` integer,
	`share_denominator` integer,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `unit_property_id` ON `unit` (`property_id`);--> statement-breakpoint
CREATE TABLE `device` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`staff_id` text NOT NULL,
	`app_version` text NOT NULL,
	`paired_at` text NOT NULL,
	`last_contact_at` text,
	`revoked_at` text,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `device_staff_id` ON `device` (`staff_id`);--> statement-breakpoint
CREATE TABLE `resident_group` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`label` text NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `organisation` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`street` text,
	`postal_code` text,
	`city` text,
	`email` text,
	`phone` text,
	`website` text,
	`logo` text,
	`colour` text,
	`former_member_months` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`position` text,
	`phone` text,
	`photo` text,
	`active` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `conflict` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`entity` text NOT NULL,
	`entity_id` text NOT NULL,
	`group` text NOT NULL,
	`lost_value` text NOT NULL,
	`kept_value` text NOT NULL,
	`lost_by` text NOT NULL,
	`kept_by` text NOT NULL,
	`lost_at` text NOT NULL,
	`kept_at` text NOT NULL,
	`lost_change_id` text NOT NULL,
	`kept_change_id` text,
	`code` text,
	`created_at` text NOT NULL,
	`resolved_at` text,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `conflict_entity_id` ON `conflict` (`entity_id`);--> statement-breakpoint
CREATE TABLE `import_run` (
	`id` text PRIMARY KEY NOT NULL,
	`file_names` text NOT NULL,
	`started_at` text NOT NULL,
	`finished_at` text,
	`row_count` integer NOT NULL,
	`deleted` integer DEFAULT false NOT NULL,
	`_clock` text NOT NULL
);
