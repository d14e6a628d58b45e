import type { Logger } from 'pino';

/** What is watched for as long as a server runs, so that its next start can tell whether it finds what this one left. */
export interface History {
  /** Called every few seconds. */
  keep(): Promise<void>;
  /** Called once, when nothing is written any more. */
  end(): Promise<void>;
}

export interface HistoryTools {
  logger: Logger;
  newEpoch(): string;
  /** Eight letters, digits, - or _, that nobody has had before: they stand in every cursor. */
  newName(): string;
}
