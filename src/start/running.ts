/** Something that was started and can be stopped. */
export interface Running {
  /** Settles when it cannot go on; its value tells the operator why, in a sentence. */
  readonly ended?: Promise<string>;
  /** Finishes what is under way, and stops. */
  close(): Promise<void>;
}
