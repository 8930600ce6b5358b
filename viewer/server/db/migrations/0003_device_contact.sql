ALTER TABLE "auth"."device_token" ADD COLUMN "suspended_at" text;--> statement-breakpoint
ALTER TABLE "auth"."device_token" ADD COLUMN "destroy_asked_at" text;--> statement-breakpoint
ALTER TABLE "auth"."device_token" ADD COLUMN "destroy_told_at" text;--> statement-breakpoint
ALTER TABLE "auth"."device_token" ADD COLUMN "last_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "auth"."device_token" ADD COLUMN "last_hash" text;--> statement-breakpoint
ALTER TABLE "auth"."device_token" ADD COLUMN "last_contact_at" text;--> statement-breakpoint
ALTER TABLE "auth"."device_token" ADD COLUMN "app_version" text;--> statement-breakpoint
ALTER TABLE "auth"."device_token" ADD COLUMN "reported_at" text;--> statement-breakpoint
ALTER TABLE "auth"."device_token" ADD COLUMN "fork_id" uuid;--> statement-breakpoint
ALTER TABLE "auth"."device_token" ADD COLUMN "forked_from" uuid;--> statement-breakpoint
ALTER TABLE "auth"."device_token" ADD CONSTRAINT "device_token_fork_id_unique" UNIQUE("fork_id");--> statement-breakpoint
UPDATE "auth"."device_token" AS "token" SET "suspended_at" = to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
FROM "staff" WHERE "staff"."organisation_id" = "token"."organisation_id" AND "staff"."id" = "token"."staff_id" AND ("staff"."deleted" OR NOT "staff"."active");
