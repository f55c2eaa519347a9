ALTER TABLE "audit_log" ADD COLUMN "channel_id" bigint;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "hidden" boolean DEFAULT false NOT NULL;