/** The door whose visit was saved a moment ago: the next chart that shows it lets it fill in, once. */
let roomId: string | undefined;

export function markJustSaved(saved: string): void {
  roomId = saved;
}

export function takeJustSaved(): string | undefined {
  const taken = roomId;
  roomId = undefined;
  return taken;
}
