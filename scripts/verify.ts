import process from 'node:process';
import { readBackupArguments } from '../src/server/backup/backup-arguments.ts';
import { runCommand } from '../src/server/run-command.ts';
import { faultsOf, printChecks } from '../src/server/verify/print-checks.ts';
import { verifyOffice } from '../src/server/verify/verify-office.ts';

await runCommand(async (config) => {
  const checks = await verifyOffice(config, readBackupArguments(process.argv.slice(2)));
  console.log(printChecks(checks));
  if (faultsOf(checks) > 0) process.exitCode = 1;
});
