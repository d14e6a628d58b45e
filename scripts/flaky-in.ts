interface Suite {
  suites?: Suite[];
  specs?: { title: string; file: string; line: number; tests: { status: string }[] }[];
}

/** What is read of Playwright's report in JSON. */
export interface BrowserReport {
  stats: { expected: number; flaky: number; unexpected: number };
  suites: Suite[];
}

/** Tests that failed once and then passed, each by its place and title. */
export function flakyIn(suites: readonly Suite[]): string[] {
  return suites.flatMap(({ suites: inner = [], specs = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
      .map(({ file, line, title }) => `${file}:${line} ${title}`),
    ...flakyIn(inner),
  ]);
}
