CREATE TABLE "preview_pictures" (
	"channel_id" bigint NOT NULL,
	"message_id" bigint NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "preview_pictures_channel_id_hash_pk" PRIMARY KEY("channel_id","hash")
);
--> statement-breakpoint
CREATE INDEX "preview_pictures_message" ON "preview_pictures" USING btree ("channel_id","message_id");--> statement-breakpoint
CREATE INDEX "preview_pictures_created" ON "preview_pictures" USING btree ("created_at");