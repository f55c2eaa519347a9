CREATE TABLE "message_words" (
	"channel_id" bigint NOT NULL,
	"id" bigint NOT NULL,
	"scope_id" bigint NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "message_words_channel_id_id_pk" PRIMARY KEY("channel_id","id")
);
--> statement-breakpoint
ALTER TABLE "message_words" ADD CONSTRAINT "message_words_message" FOREIGN KEY ("channel_id","id") REFERENCES "public"."messages"("channel_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_words_scope" ON "message_words" USING btree ("scope_id","id");--> statement-breakpoint
CREATE INDEX "message_words_words" ON "message_words" USING gin ("words") WITH (gin_pending_list_limit=256);