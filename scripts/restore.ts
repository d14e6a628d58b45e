import process from 'node:process';
import { readBackupArguments } from '../src/server/backup/backup-arguments.ts';
import { restoreBackup } from '../src/server/backup/restore-backup.ts';
import { ConsoleFault } from '../src/server/console-fault.ts';
import { runCommand } from '../src/server/run-command.ts';
import { faultsOf, printChecks } from '../src/server/verify/print-checks.ts';

await runCommand(async (config) => {
  const from = readBackupArguments(process.argv.slice(2));
  if (!from) throw new ConsoleFault('Say from where: npm run restore -- FILE [--photos DIR]');
  const { epoch, photos, checks } = await restoreBackup(config, from);
  console.log(printChecks(checks));
  console.log(`\nPhotos: ${photos.copied} brought, ${photos.kept} were there.`);
  if (photos.missing.length > 0) {
    console.log(`${photos.missing.length} photos are not in the backup: phones that still have them bring them again.`);
  }
  if (faultsOf(checks) > 0) process.exitCode = 1;
  console.log(
    `Restored under the new epoch ${epoch}: phones fetch everything again and bring what the backup does not know.`,
  );
});
