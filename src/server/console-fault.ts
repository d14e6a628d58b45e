/** Ends a command; the message is a whole sentence for the person at the console. */
export class ConsoleFault extends Error {
  override readonly name = 'ConsoleFault';
}
