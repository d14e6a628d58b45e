import process from 'node:process';
import { readBackupArguments } from '../src/server/backup/backup-arguments.ts';
import { takeBackup } from '../src/server/backup/take-backup.ts';
import { ConsoleFault } from '../src/server/console-fault.ts';
import { runCommand } from '../src/server/run-command.ts';
import { faultsOf, printChecks } from '../src/server/verify/print-checks.ts';

await runCommand(async (config) => {
  const to = readBackupArguments(process.argv.slice(2));
  if (!to) throw new ConsoleFault('Say where to: npm run backup -- FILE [--photos DIR]');
  const { file, photoFolder, photos, checks } = await takeBackup(config, to);
  console.log(printChecks(checks));
  console.log(
    `\nPhotos in ${photoFolder}: ${photos.copied} copied (${photos.bytes} bytes), ${photos.kept} were there.`,
  );
  if (photos.missing.length > 0) {
    console.error(`${photos.missing.length} photos are missing or damaged in this office: npm run verify names them.`);
    process.exitCode = 1;
  }
  if (faultsOf(checks) > 0) {
    console.error('The backup is a true copy, but of an office that is not sound: see above.');
    process.exitCode = 1;
  }
  console.log(`Backup: ${file}`);
});
