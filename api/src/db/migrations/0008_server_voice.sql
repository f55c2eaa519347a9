ALTER TABLE "members" ADD COLUMN "server_muted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "server_deafened" boolean DEFAULT false NOT NULL;