CREATE TABLE "erasure" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"entity" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"erased_at" text NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"_clock" jsonb NOT NULL,
	CONSTRAINT "erasure_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "erasure" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "change_log" ADD COLUMN "recovered_by" uuid;--> statement-breakpoint
ALTER TABLE "organisation_head" ADD COLUMN "epoch_started_at" text;--> statement-breakpoint
ALTER TABLE "organisation_head" ADD COLUMN "epoch_head" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_head" ADD COLUMN "erased_rows" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "erasure_entity_id" ON "erasure" USING btree ("organisation_id","entity_id");--> statement-breakpoint
CREATE POLICY "erasure_company" ON "erasure" AS PERMISSIVE FOR ALL TO public USING (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid);