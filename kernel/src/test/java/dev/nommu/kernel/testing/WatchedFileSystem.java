package dev.nommu.kernel.testing;

import dev.nommu.api.Attributes;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Owner;
import dev.nommu.api.RegularFile;
import dev.nommu.ramfs.RamfsType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A ramfs that tells a test of each call before it carries it out, and keeps account of what the
 * kernel promises a file system: what was called after its close, which directories were called
 * twice at a time, and creates of names that were there.
 */
public final class WatchedFileSystem implements FileSystemType {
  /** Hears of a call before it is carried out. */
  @FunctionalInterface
  public interface Hook {
    /** Hears of an operation, such as "create", and of the name it is about. */
    void before(String operation, String name) throws ErrnoException;
  }

  /** Stands for all renames from one directory to another, which come one at a time. */
  private static final long RENAMES = -1;

  private static final Hook NONE = (operation, name) -> {};

  private final String name;
  private final RamfsType ramfs = new RamfsType();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final List<String> broken = Collections.synchronizedList(new ArrayList<>());
  private final Map<Long, AtomicInteger> inside = new ConcurrentHashMap<>();
  private volatile Hook hook = NONE;
  private volatile boolean open;

  /** Creates a type that has not been mounted. */
  public WatchedFileSystem() {
    this("watched");
  }

  /** Creates a type of this name that has not been mounted. */
  public WatchedFileSystem(String name) {
    this.name = name;
  }

  /** Lets a hook hear of the next call of an operation for a name, once, and then nobody. */
  public void once(String operation, String name, Hook action) {
    hook =
        (called, of) -> {
          if (called.equals(operation) && of.equals(name)) {
            hook = NONE;
            action.before(called, of);
          }
        };
  }

  /** Returns the calls so far, such as {@code "lookup a"}. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** Forgets the calls so far. */
  public void clear() {
    calls.clear();
  }

  /** Returns which promises of the kernel were broken, a sentence each. */
  public List<String> broken() {
    return List.copyOf(broken);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Source source() {
    return Source.NODEV;
  }

  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    heard("mount", request.source());
    FileSystem real = ramfs.mount(request);
    open = true;
    return new FileSystem() {
      @Override
      public Directory root() {
        tell("root");
        return new WatchedDirectory(real.root());
      }

      @Override
      public Statistics statistics() {
        return real.statistics();
      }

      @Override
      public void close() throws ErrnoException {
        heard("close", "");
        open = false;
        real.close();
      }
    };
  }

  private void heard(String operation, String name) throws ErrnoException {
    calls.add((operation + " " + name).strip());
    hook.before(operation, name);
  }

  private void called(String operation, String name) throws ErrnoException {
    if (!open) {
      broken.add(operation + " " + name + " after close");
    }
    heard(operation, name);
  }

  /** Tells of a call that cannot fail by an errno. */
  private void tell(String operation) {
    try {
      hook.before(operation, "");
    } catch (ErrnoException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private interface Act<T> {
    T make() throws ErrnoException;
  }

  private <T> T alone(long directory, String operation, String name, Act<T> act)
      throws ErrnoException {
    AtomicInteger here = inside.computeIfAbsent(directory, absent -> new AtomicInteger());
    if (here.incrementAndGet() > 1) {
      broken.add(operation + " " + name + " while the directory is in another operation");
    }
    try {
      called(operation, name);
      return act.make();
    } finally {
      here.decrementAndGet();
    }
  }

  private Inode watched(Inode inode) {
    return switch (inode) {
      case Directory directory -> new WatchedDirectory(directory);
      case RegularFile file -> new WatchedFile(file);
      default -> inode;
    };
  }

  private static Inode real(Inode inode) {
    return switch (inode) {
      case WatchedDirectory directory -> directory.real;
      case WatchedFile file -> file.real;
      default -> inode;
    };
  }

  private final class WatchedFile implements RegularFile {
    private final RegularFile real;

    WatchedFile(RegularFile real) {
      this.real = real;
    }

    @Override
    public long number() {
      return real.number();
    }

    @Override
    public Attributes attributes() throws ErrnoException {
      tell("attributes of a file");
      return real.attributes();
    }

    @Override
    public void chmod(int permissions) throws ErrnoException {
      called("chmod", "");
      real.chmod(permissions);
    }

    @Override
    public void chown(Owner owner, int permissions) throws ErrnoException {
      called("chown", "");
      real.chown(owner, permissions);
    }

    @Override
    public void setTimes(Instant accessed, Instant modified) throws ErrnoException {
      called("setTimes", "");
      real.setTimes(accessed, modified);
    }

    @Override
    public OpenFile open(OpenFlags flags) throws ErrnoException {
      called("open", "");
      return real.open(flags);
    }

    @Override
    public void truncate(long size) throws ErrnoException {
      called("truncate", "");
      real.truncate(size);
    }
  }

  private final class WatchedDirectory implements Directory {
    private final Directory real;

    WatchedDirectory(Directory real) {
      this.real = real;
    }

    @Override
    public long number() {
      return real.number();
    }

    @Override
    public Attributes attributes() throws ErrnoException {
      tell("attributes");
      return real.attributes();
    }

    @Override
    public void chmod(int permissions) throws ErrnoException {
      real.chmod(permissions);
    }

    @Override
    public Optional<Inode> lookup(String name) throws ErrnoException {
      return alone(
          number(), "lookup", name, () -> real.lookup(name).map(WatchedFileSystem.this::watched));
    }

    @Override
    public List<DirectoryEntry> entries() throws ErrnoException {
      return alone(number(), "entries", "", real::entries);
    }

    @Override
    public Inode create(String name, NewInode what) throws ErrnoException {
      return alone(
          number(),
          "create",
          name,
          () -> {
            if (real.lookup(name).isPresent()) {
              broken.add("create " + name + ", which is there");
            }
            return watched(real.create(name, what));
          });
    }

    @Override
    public RegularFile tmpfile(NewInode what) throws ErrnoException {
      called("tmpfile", "");
      return new WatchedFile(real.tmpfile(what));
    }

    @Override
    public void link(String name, Inode inode) throws ErrnoException {
      alone(number(), "link", name, () -> done(() -> real.link(name, real(inode))));
    }

    @Override
    public void unlink(String name) throws ErrnoException {
      alone(number(), "unlink", name, () -> done(() -> real.unlink(name)));
    }

    @Override
    public void rmdir(String name) throws ErrnoException {
      alone(number(), "rmdir", name, () -> done(() -> real.rmdir(name)));
    }

    @Override
    public void rename(String name, Directory target, String newName) throws ErrnoException {
      Directory to = (Directory) real(target);
      boolean within = to.number() == number();
      alone(
          number(),
          "rename",
          name,
          () ->
              within
                  ? done(() -> real.rename(name, to, newName))
                  : alone(
                      RENAMES,
                      "rename",
                      name,
                      () ->
                          alone(
                              to.number(),
                              "rename to",
                              newName,
                              () -> done(() -> real.rename(name, to, newName)))));
    }

    private static boolean done(Errnos.Call call) throws ErrnoException {
      call.make();
      return true;
    }
  }
}
