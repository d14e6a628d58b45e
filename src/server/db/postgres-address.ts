/** Where an office's tables are. Several offices may share a database, each in a schema of its own. */
export interface PostgresAddress {
  /** With user and password: never shown or logged. */
  url: string;
  /** A plain name in small letters: needs no quotes. */
  schema: string;
}
