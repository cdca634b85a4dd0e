/**
 * The shape of `knowledge/topics.yaml`: each topic's name, and the words by which people ask for it.
 */
import { z } from "zod";
import { TOPICS } from "./schema.ts";

const topicSchema = z.strictObject({
  // A button's label is cut off on phones above 34 characters.
  title: z.string().min(1).max(34).describe("As a button or menu names it: Delete for good."),
  summary: z.string().min(1).max(100).describe("One line for menus: what the answer tells."),
  phrases: z.array(z.string().min(1)).min(1).describe("Ways in which people ask for it, without a service's name."),
});

/** The zod schema of `knowledge/topics.yaml`. */
export const topicsSchema = z.strictObject({
  topics: z.record(z.enum(TOPICS), topicSchema),
});

export type TopicsFile = z.infer<typeof topicsSchema>;
