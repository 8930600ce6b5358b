CREATE TABLE "auth"."known_browser" (
	"login_id" text NOT NULL,
	"browser_hash" text NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL,
	CONSTRAINT "known_browser_login_id_browser_hash_pk" PRIMARY KEY("login_id","browser_hash")
);
--> statement-breakpoint
CREATE TABLE "auth"."second_factor" (
	"id" text PRIMARY KEY NOT NULL,
	"login_id" text NOT NULL,
	"secret" text NOT NULL,
	"recovery_codes" text NOT NULL,
	"verified" boolean NOT NULL,
	"failed_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	CONSTRAINT "second_factor_login_id_unique" UNIQUE("login_id")
);
--> statement-breakpoint
ALTER TABLE "auth"."login" ADD COLUMN "two_factor_enabled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "auth"."known_browser" ADD CONSTRAINT "known_browser_login_id_login_id_fk" FOREIGN KEY ("login_id") REFERENCES "auth"."login"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth"."second_factor" ADD CONSTRAINT "second_factor_login_id_login_id_fk" FOREIGN KEY ("login_id") REFERENCES "auth"."login"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "known_browser_last_used_at" ON "auth"."known_browser" USING btree ("last_used_at");--> statement-breakpoint
CREATE INDEX "second_factor_secret" ON "auth"."second_factor" USING btree ("secret");