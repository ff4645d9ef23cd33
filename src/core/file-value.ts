/** A stored file as expressions see it and as a form takes it: what an earlier step received, a later one can send. */
export interface FileValue {
  /** `fil_…` */
  fileId: string;
  filename: string;
  contentType: string;
  bytes: number;
}
