CREATE SCHEMA "auth";
--> statement-breakpoint
CREATE TABLE "change_log" (
	"organisation_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"change_id" uuid NOT NULL,
	"changeset_id" uuid NOT NULL,
	"import_id" uuid,
	"last" boolean NOT NULL,
	"author" jsonb NOT NULL,
	"entity" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"change" jsonb NOT NULL,
	"received_at" text NOT NULL,
	CONSTRAINT "change_log_organisation_id_seq_pk" PRIMARY KEY("organisation_id","seq"),
	CONSTRAINT "change_log_change_id" UNIQUE("organisation_id","change_id")
);
--> statement-breakpoint
ALTER TABLE "change_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "auth"."device_token" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"created_at" text NOT NULL,
	"revoked_at" text,
	CONSTRAINT "device_token_device_id_unique" UNIQUE("device_id")
);
--> statement-breakpoint
CREATE TABLE "auth"."invitation_token" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"invited_at" text NOT NULL,
	"expires_at" text NOT NULL,
	"used_at" text
);
--> statement-breakpoint
CREATE TABLE "auth"."login_account" (
	"login_id" text NOT NULL,
	"organisation_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"created_at" text NOT NULL,
	CONSTRAINT "login_account_login_id_organisation_id_account_id_pk" PRIMARY KEY("login_id","organisation_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "organisation_head" (
	"organisation_id" uuid PRIMARY KEY NOT NULL,
	"epoch" uuid NOT NULL,
	"head" bigint NOT NULL,
	"last_activity_number" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organisation_head" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "auth"."pairing_code" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"organisation_id" uuid,
	"staff_id" uuid,
	"expires_at" text NOT NULL,
	"used_at" text
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"organisation_id" uuid NOT NULL,
	"changeset_id" uuid NOT NULL,
	"author" jsonb NOT NULL,
	"code" text NOT NULL,
	"field" text,
	"changes" jsonb NOT NULL,
	"received_at" text NOT NULL,
	CONSTRAINT "quarantine_organisation_id_changeset_id_pk" PRIMARY KEY("organisation_id","changeset_id")
);
--> statement-breakpoint
ALTER TABLE "quarantine" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "resident_upload" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" bigint NOT NULL,
	"created_at" text NOT NULL,
	"used_at" text,
	CONSTRAINT "resident_upload_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "resident_upload" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "seen" (
	"organisation_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"seen_at" text NOT NULL,
	"previous_seen_at" text,
	CONSTRAINT "seen_organisation_id_account_id_subject_pk" PRIMARY KEY("organisation_id","account_id","subject")
);
--> statement-breakpoint
ALTER TABLE "seen" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "auth"."credential" (
	"id" text PRIMARY KEY NOT NULL,
	"login_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"account_id" text NOT NULL,
	"password" text,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "credential_provider_account" UNIQUE("provider_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "auth"."login" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean NOT NULL,
	"image" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "login_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "auth"."rate_limit" (
	"key" text PRIMARY KEY NOT NULL,
	"window_ends_at" timestamp with time zone NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth"."session" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"login_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "auth"."verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"email" text,
	"channel" text NOT NULL,
	"invited_at" text NOT NULL,
	"expires_at" text NOT NULL,
	"disabled_at" text,
	"invitation_sent_at" text,
	"registered_at" text,
	"last_seen_at" text,
	"login_email" text,
	"show_in_directory" boolean NOT NULL,
	"show_phone" boolean NOT NULL,
	"show_email" boolean NOT NULL,
	"language" text NOT NULL,
	"problem" text,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "account_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "account" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "activity_person" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"activity_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "activity_person_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "activity_person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "activity" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" integer,
	"subject" text NOT NULL,
	"property_id" uuid,
	"unit_id" uuid,
	"topic_id" uuid,
	"status_id" uuid NOT NULL,
	"status_seen" text,
	"assignee_id" uuid,
	"due_on" text,
	"handled_through" text,
	"opened_by" text NOT NULL,
	"created_at" text NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "activity_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "activity" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "delivery" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"address" text,
	"state" text NOT NULL,
	"at" text NOT NULL,
	"problem" text,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "delivery_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "delivery" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "entry" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"activity_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"author_kind" text NOT NULL,
	"author_id" uuid NOT NULL,
	"author_name" text NOT NULL,
	"body" text NOT NULL,
	"created_at" text NOT NULL,
	"stamp" text NOT NULL,
	"released" boolean NOT NULL,
	"released_at" text,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "entry_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "entry" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "status" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"is_new" boolean NOT NULL,
	"is_closed" boolean NOT NULL,
	"position" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "status_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "status" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "topic" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"icon" text,
	"offered" boolean NOT NULL,
	"position" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "topic_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "topic" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "document_category" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"icon" text,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "document_category_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "document_category" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "document" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"property_id" uuid NOT NULL,
	"title" text NOT NULL,
	"category_id" uuid,
	"audience_groups" jsonb NOT NULL,
	"audience_person_ids" jsonb NOT NULL,
	"period_from" text,
	"period_to" text,
	"state" text NOT NULL,
	"published_at" text,
	"created_at" text NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "document_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "document" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "attachment" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"parent" text NOT NULL,
	"parent_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" bigint NOT NULL,
	"position" integer NOT NULL,
	"created_at" text NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "attachment_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "attachment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "blob" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	"media_type" text NOT NULL,
	"available_at" text NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "blob_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "blob" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notice" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"property_id" uuid NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"audience_groups" jsonb NOT NULL,
	"pinned" boolean NOT NULL,
	"visible_from" text,
	"visible_until" text,
	"state" text NOT NULL,
	"published_at" text,
	"author_kind" text NOT NULL,
	"author_id" uuid NOT NULL,
	"approval" text NOT NULL,
	"created_at" text NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "notice_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "notice" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "membership" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"property_id" uuid NOT NULL,
	"unit_id" uuid,
	"group" text NOT NULL,
	"from" text,
	"to" text,
	"account_number" text,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "membership_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "membership" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text,
	"salutation" text,
	"title" text,
	"first_name" text,
	"last_name" text,
	"company" text,
	"street" text,
	"postal_code" text,
	"city" text,
	"email" text,
	"phone" text,
	"mobile" text,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "person_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "emergency_contact" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"property_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"phone" text NOT NULL,
	"note" text,
	"position" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "emergency_contact_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "emergency_contact" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "portal_setting" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"property_id" uuid NOT NULL,
	"residents_may_post" text NOT NULL,
	"posts_need_approval" boolean NOT NULL,
	"directory_groups" jsonb NOT NULL,
	"message_groups" jsonb NOT NULL,
	"topic_ids" jsonb,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "portal_setting_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "portal_setting" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "property" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"street" text,
	"house_number" text,
	"postal_code" text,
	"city" text,
	"year_built" integer,
	"iban" text,
	"photo" text,
	"online" boolean NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "property_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "property" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "unit_rent" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"cents" bigint NOT NULL,
	"from" text,
	"to" text,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "unit_rent_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "unit_rent" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "unit" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"property_id" uuid NOT NULL,
	"number" text NOT NULL,
	"location" text,
	"usage" text NOT NULL,
	"area_hundredths" integer,
	"rooms_tenths" integer,
	"share_numerator" integer,
	"share_denominator" integer,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "unit_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "unit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "device" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"app_version" text NOT NULL,
	"paired_at" text NOT NULL,
	"last_contact_at" text,
	"revoked_at" text,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "device_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "device" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "resident_group" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"label" text NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "resident_group_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "resident_group" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "organisation" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"street" text,
	"postal_code" text,
	"city" text,
	"email" text,
	"phone" text,
	"website" text,
	"logo" text,
	"colour" text,
	"former_member_months" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "organisation_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "organisation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "staff" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"position" text,
	"phone" text,
	"photo" text,
	"active" boolean NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "staff_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "staff" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "conflict" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"entity" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"group" text NOT NULL,
	"lost_value" text NOT NULL,
	"kept_value" text NOT NULL,
	"lost_by" text NOT NULL,
	"kept_by" text NOT NULL,
	"lost_at" text NOT NULL,
	"kept_at" text NOT NULL,
	"lost_change_id" uuid NOT NULL,
	"kept_change_id" uuid,
	"code" text,
	"created_at" text NOT NULL,
	"resolved_at" text,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "conflict_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "conflict" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "import_run" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"file_names" jsonb NOT NULL,
	"started_at" text NOT NULL,
	"finished_at" text,
	"row_count" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "import_run_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "import_run" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "auth"."credential" ADD CONSTRAINT "credential_login_id_login_id_fk" FOREIGN KEY ("login_id") REFERENCES "auth"."login"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth"."session" ADD CONSTRAINT "session_login_id_login_id_fk" FOREIGN KEY ("login_id") REFERENCES "auth"."login"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "change_log_entity" ON "change_log" USING btree ("organisation_id","entity","entity_id");--> statement-breakpoint
CREATE INDEX "change_log_changeset" ON "change_log" USING btree ("organisation_id","changeset_id");--> statement-breakpoint
CREATE INDEX "invitation_token_account" ON "auth"."invitation_token" USING btree ("organisation_id","account_id");--> statement-breakpoint
CREATE INDEX "credential_login_id" ON "auth"."credential" USING btree ("login_id");--> statement-breakpoint
CREATE INDEX "rate_limit_window_ends_at" ON "auth"."rate_limit" USING btree ("window_ends_at");--> statement-breakpoint
CREATE INDEX "session_login_id" ON "auth"."session" USING btree ("login_id");--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "auth"."verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "account_person_id" ON "account" USING btree ("organisation_id","person_id");--> statement-breakpoint
CREATE INDEX "activity_person_activity_id" ON "activity_person" USING btree ("organisation_id","activity_id");--> statement-breakpoint
CREATE INDEX "activity_person_person_id" ON "activity_person" USING btree ("organisation_id","person_id");--> statement-breakpoint
CREATE INDEX "activity_property_id" ON "activity" USING btree ("organisation_id","property_id");--> statement-breakpoint
CREATE INDEX "activity_unit_id" ON "activity" USING btree ("organisation_id","unit_id");--> statement-breakpoint
CREATE INDEX "activity_topic_id" ON "activity" USING btree ("organisation_id","topic_id");--> statement-breakpoint
CREATE INDEX "activity_status_id" ON "activity" USING btree ("organisation_id","status_id");--> statement-breakpoint
CREATE INDEX "activity_assignee_id" ON "activity" USING btree ("organisation_id","assignee_id");--> statement-breakpoint
CREATE INDEX "delivery_subject_id" ON "delivery" USING btree ("organisation_id","subject_id");--> statement-breakpoint
CREATE INDEX "delivery_person_id" ON "delivery" USING btree ("organisation_id","person_id");--> statement-breakpoint
CREATE INDEX "entry_activity_id" ON "entry" USING btree ("organisation_id","activity_id");--> statement-breakpoint
CREATE INDEX "document_property_id" ON "document" USING btree ("organisation_id","property_id");--> statement-breakpoint
CREATE INDEX "document_category_id" ON "document" USING btree ("organisation_id","category_id");--> statement-breakpoint
CREATE INDEX "attachment_parent_id" ON "attachment" USING btree ("organisation_id","parent_id");--> statement-breakpoint
CREATE INDEX "attachment_sha256" ON "attachment" USING btree ("organisation_id","sha256");--> statement-breakpoint
CREATE INDEX "blob_sha256" ON "blob" USING btree ("organisation_id","sha256");--> statement-breakpoint
CREATE INDEX "notice_property_id" ON "notice" USING btree ("organisation_id","property_id");--> statement-breakpoint
CREATE INDEX "membership_person_id" ON "membership" USING btree ("organisation_id","person_id");--> statement-breakpoint
CREATE INDEX "membership_property_id" ON "membership" USING btree ("organisation_id","property_id");--> statement-breakpoint
CREATE INDEX "membership_unit_id" ON "membership" USING btree ("organisation_id","unit_id");--> statement-breakpoint
CREATE INDEX "emergency_contact_property_id" ON "emergency_contact" USING btree ("organisation_id","property_id");--> statement-breakpoint
CREATE INDEX "portal_setting_property_id" ON "portal_setting" USING btree ("organisation_id","property_id");--> statement-breakpoint
CREATE INDEX "unit_rent_unit_id" ON "unit_rent" USING btree ("organisation_id","unit_id");--> statement-breakpoint
CREATE INDEX "unit_property_id" ON "unit" USING btree ("organisation_id","property_id");--> statement-breakpoint
CREATE INDEX "device_staff_id" ON "device" USING btree ("organisation_id","staff_id");--> statement-breakpoint
CREATE INDEX "conflict_entity_id" ON "conflict" USING btree ("organisation_id","entity_id");--> statement-breakpoint
CREATE POLICY "change_log_company" ON "change_log" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "organisation_head_company" ON "organisation_head" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "quarantine_company" ON "quarantine" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "resident_upload_company" ON "resident_upload" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "seen_company" ON "seen" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "account_company" ON "account" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "activity_person_company" ON "activity_person" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "activity_company" ON "activity" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "delivery_company" ON "delivery" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "entry_company" ON "entry" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "status_company" ON "status" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "topic_company" ON "topic" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "document_category_company" ON "document_category" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "document_company" ON "document" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "attachment_company" ON "attachment" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "blob_company" ON "blob" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "notice_company" ON "notice" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "membership_company" ON "membership" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "person_company" ON "person" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "emergency_contact_company" ON "emergency_contact" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "portal_setting_company" ON "portal_setting" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "property_company" ON "property" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "unit_rent_company" ON "unit_rent" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "unit_company" ON "unit" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "device_company" ON "device" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "resident_group_company" ON "resident_group" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "organisation_company" ON "organisation" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "staff_company" ON "staff" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "conflict_company" ON "conflict" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "import_run_company" ON "import_run" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);