package dev.nommu.kernel.liar;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.Whence;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.PollFd;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls that between them reach every method of every plugin, in parts that can be made one without
 * the others; what fails is written down.
 */
final class LiarSession {
  private static final String[] FILES = {
    "/mnt/a",
    "/rom/program",
    "/slotted/slotted",
    "/dev/ram0",
    "/dev/vda",
    "/dev/mtd0",
    "/dev/mtd1",
    "/dev/mtdblock0",
    "/dev/fb0",
    "/dev/fb1",
    "/dev/zero",
    "/dev/null",
    "/dev/full",
    "/dev/random",
    "/dev/mem",
    "/dev/rare"
  };

  /**
   * BLKGETSIZE, BLKFLSBUF, MEMGETINFO, FBIOGET_VSCREENINFO, FBIOGET_FSCREENINFO, one that nobody
   * knows, FS_IOC_GETFLAGS and FS_IOC_SETFLAGS.
   */
  private static final int[] IOCTLS = {
    2, 0x1260, 0x1261, 0x80204d01, 0x4600, 0x4602, 0x12ff, 0x80086601, 0x40086602
  };

  private final Machine machine;
  private final Task task;
  private final TaskCalls p;
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Part> parts = new LinkedHashMap<>();

  /** Some calls; each of them is an {@link #attempt}. */
  @FunctionalInterface
  interface Part {
    /** Makes the calls. */
    void make();
  }

  private interface Call {
    void make() throws ErrnoException, MemoryFault;
  }

  /** Creates a session of a task of its own. */
  LiarSession(Machine machine) {
    this.machine = machine;
    this.task = machine.init().spawn("liar");
    this.p = new TaskCalls(task);
    parts.put("names", () -> names("/mnt"));
    parts.put("listings", this::listings);
    for (String file : FILES) {
      parts.put(file, () -> file(file));
    }
    parts.put("nameless", () -> attempt(() -> task.close(task.open("/mnt", NAMELESS, 0600))));
    parts.put("windows", this::windows);
    parts.put("screen", this::screen);
    parts.put("executables", this::executables);
  }

  private static final int NAMELESS = OpenFlags.O_TMPFILE | OpenFlags.O_RDWR;

  /** Returns its parts by name, in the order in which they are made. */
  Map<String, Part> parts() {
    return parts;
  }

  /** Returns what the calls failed with. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  private void attempt(Call call) {
    try {
      call.make();
    } catch (ErrnoException failure) {
      failures.add(failure.describe());
    } catch (MemoryFault failure) {
      failures.add(failure.toString());
    }
  }

  /** Mounts what the parts are about. */
  void begin() {
    TreeCalls tree = task.tree();
    for (String directory : List.of("/rom", "/vda", "/slotted")) {
      attempt(() -> tree.mkdir(directory, 0755));
    }
    attempt(() -> tree.mount("none", "/mnt", "tmpfs", 0, "mode=755"));
    attempt(() -> tree.mount("mtd:rom", "/rom", "romfs", 1, ""));
    attempt(() -> tree.mount("/dev/vda", "/vda", "romfs", 1, ""));
    attempt(() -> tree.mount("/dev/ram0", "/tmp", "cramfs", 1, ""));
    attempt(() -> tree.mount("none", "/slotted", "slotted", 0, ""));
    attempt(() -> task.close(p.file("/mnt/a", TaskCalls.pattern(100))));
  }

  /** Ends its task and unmounts everything, which has to succeed. */
  void end() throws ErrnoException {
    task.exit();
    TreeCalls tree = machine.init().tree();
    for (String directory : List.of("/tmp", "/rom", "/vda", "/slotted", "/mnt")) {
      if (isMounted(machine, directory)) {
        tree.umount(directory);
      }
    }
  }

  /** Returns whether something is mounted on a directory. */
  static boolean isMounted(Machine machine, String directory) {
    return machine.mounts().stream().anyMatch(mount -> mount.path().equals(directory));
  }

  private void names(String at) {
    TreeCalls tree = task.tree();
    attempt(() -> task.close(p.file(at + "/f", TaskCalls.pattern(100))));
    attempt(() -> tree.mkdir(at + "/d", 0755));
    attempt(() -> tree.symlink("f", at + "/l"));
    attempt(() -> tree.create(at + "/p", NewInode.fifo(0644)));
    attempt(() ->
        tree.create(
            at + "/n",
            NewInode.deviceFile(0644, DeviceFile.Kind.CHARACTER, new DeviceNumber(1, 3))));
    attempt(() -> tree.readlink(at + "/l"));
    attempt(() -> tree.stat(at + "/l"));
    attempt(() -> tree.stat(at + "/n"));
    attempt(() -> task.close(p.write(at + "/n")));
    attempt(() -> tree.link(at + "/f", at + "/b"));
    attempt(() -> tree.rename(at + "/b", at + "/d/b"));
    attempt(() -> tree.chmod(at + "/f", 0700));
    attempt(() -> tree.chown(at + "/f", 1000, 1000));
    attempt(() -> tree.utimensat(at + "/f", NewTime.at(Instant.EPOCH), NewTime.at(Instant.EPOCH)));
    attempt(() -> tree.truncate(at + "/f", 50));
    attempt(() -> tree.unlink(at + "/d/b"));
    attempt(() -> tree.rmdir(at + "/d"));
    attempt(() -> tree.unlink(at + "/f"));
  }

  private void listings() {
    for (String directory : List.of("/", "/mnt", "/rom", "/vda", "/slotted", "/dev")) {
      attempt(() -> task.tree().list(directory));
      attempt(() -> {
        int file = task.open(directory, OpenFlags.O_DIRECTORY);
        task.descriptors().getdents(file, MemorySegment.ofArray(new byte[PAGE]));
        task.close(file);
      });
      attempt(() -> task.tree().stat(directory));
      attempt(() -> task.tree().statfs(directory));
    }
    attempt(() -> p.text("/proc/mtd"));
    attempt(() -> p.text("/proc/fb"));
  }

  private void file(String path) {
    for (int access : new int[] {OpenFlags.O_RDWR, OpenFlags.O_WRONLY, OpenFlags.O_RDONLY}) {
      attempt(() -> {
        int file = task.open(path, access);
        use(file);
        task.close(file);
      });
    }
  }

  private void use(int file) throws ErrnoException {
    MemorySegment bytes = MemorySegment.ofArray(new byte[16]);
    attempt(() -> task.pread(file, bytes, 0));
    attempt(() -> task.read(file, bytes));
    attempt(() -> task.lseek(file, 0, Whence.END));
    attempt(() -> task.lseek(file, 0, Whence.DATA));
    attempt(() -> task.pwrite(file, bytes, 0));
    attempt(() -> task.write(file, bytes));
    attempt(() -> task.descriptors().fsync(file));
    attempt(() -> task.ftruncate(file, PAGE));
    attempt(() -> task.descriptors().fallocate(file, 0, 0, 10));
    attempt(() ->
        task.descriptors()
            .poll(List.of(PollFd.of(file, PollEvent.IN)), Optional.of(Duration.ZERO)));
    long arguments = p.anonymous(PAGE);
    for (int command : IOCTLS) {
      attempt(() -> task.ioctl(file, command, arguments));
    }
    for (int sharing : new int[] {MAP_SHARED, MAP_PRIVATE}) {
      attempt(() -> task.munmap(p.map(file, PAGE, PROT_READ, sharing), PAGE));
      attempt(() -> task.munmap(p.map(file, PAGE, PROT_READ | PROT_WRITE, sharing), PAGE));
    }
    task.munmap(arguments, PAGE);
  }

  private void windows() {
    MemorySegment word = MemorySegment.ofArray(new byte[4]);
    for (long address : LiarBoard.WINDOWS) {
      attempt(() -> task.store(address, MemorySegment.ofArray(new byte[] {0x70, 0, 0x70, 0})));
      attempt(() -> task.load(address, word));
      attempt(() -> task.memory(address, 4));
    }
  }

  /** FBIOGET_VSCREENINFO, FBIOPUT_VSCREENINFO with another size, FBIOPAN_DISPLAY and FBIOBLANK. */
  private void screen() {
    attempt(() -> {
      int file = p.write("/dev/fb1");
      long mode = p.anonymous(PAGE);
      attempt(() -> task.ioctl(file, 0x4600, mode));
      attempt(() -> task.store(mode, MemorySegment.ofArray(new byte[] {8, 0, 0, 0})));
      attempt(() -> task.ioctl(file, 0x4601, mode));
      attempt(() -> task.ioctl(file, 0x4606, mode));
      attempt(() -> task.ioctl(file, 0x4611, 0));
      task.munmap(mode, PAGE);
      task.close(file);
    });
  }

  private void executables() {
    attempt(() -> {
      task.close(p.file("/mnt/script", "#!/mnt/program\n".getBytes()));
      task.tree().chmod("/mnt/script", 0755);
      task.close(p.file("/mnt/program", LiarBoard.flat()));
      task.tree().chmod("/mnt/program", 0755);
    });
    for (String path : List.of("/mnt/program", "/mnt/script", "/mnt/a")) {
      Task child = task.spawn("exec");
      attempt(() -> child.processes().execve(path, List.of(path), List.of()));
      child.exit();
    }
  }
}
