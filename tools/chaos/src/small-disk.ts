import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SIZE_MIB = 1_536;
const PAGE = 4_096;

/** A disk of limited size for PostgreSQL's files, that can be filled. Where mounting is not possible there is none. */
export class SmallDisk {
  private constructor(private readonly directory: string) {}

  /** Mounted over the folder, which is made; undefined where this user or this system cannot mount. */
  static mount(directory: string): SmallDisk | undefined {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
    mkdirSync(directory, { recursive: true, mode: 0o711 });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MIB}m,mode=0711`, 'sekisho-chaos', directory], {
        stdio: 'pipe',
      });
    } catch {
      return undefined;
    }
    return new SmallDisk(directory);
  }

  /** Takes all the room that is left, which PostgreSQL goes on taking meanwhile: in ever smaller pieces, until none fits. */
  fill(): void {
    writeFileSync(this.ballast, '');
    const { bavail, bsize } = statfsSync(this.directory);
    for (let piece = Math.max(PAGE, bavail * bsize), taken = 0; piece >= PAGE;) {
      try {
        execFileSync('fallocate', ['-o', String(taken), '-l', String(piece), this.ballast], { stdio: 'pipe' });
        taken += piece;
      } catch {
        piece = Math.floor(piece / 2);
      }
    }
  }

  free(): void {
    rmSync(this.ballast, { force: true });
  }

  unmount(): void {
    this.free();
    execFileSync('umount', ['-l', this.directory], { stdio: 'pipe' });
  }

  private get ballast(): string {
    return join(this.directory, 'ballast');
  }
}
