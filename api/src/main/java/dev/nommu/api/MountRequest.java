package dev.nommu.api;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The source and the options of a mount. Immutable.
 *
 * <p>The kernel creates these, and components may be added; tests of a file system use a {@link
 * Builder}.
 *
 * @since 0.1.0
 */
public sealed interface MountRequest {
  /**
   * Returns a builder. By default there are no store, host directory, options or pages, the mount
   * is read-write, the profile is the document's, nothing can wait, and the time is the start of
   * 1970.
   *
   * @param source the first argument of {@code mount(2)}
   */
  static Builder builder(String source) {
    return new Builder(source);
  }

  /** Returns the first argument of {@code mount(2)}, as given. */
  String source();

  /** Returns the store behind the source, if it names one. */
  Optional<BackingStore> store();

  /** Returns the host directory behind the source, if the board gives it one. */
  Optional<Path> hostDirectory();

  /**
   * Returns the options of the type in the given order, each as {@code name} or {@code name=value}:
   * see {@link FileSystemType#knowsOption}. The kernel handles generic options, such as {@code ro},
   * which are left out.
   */
  List<String> options();

  /** Returns READ for a read-only mount, otherwise READ_WRITE. */
  AccessMode access();

  /** Returns pages for a file system in memory. */
  PageSource pages();

  /** Returns the machine's clock. */
  InstantSource clock();

  /** Returns the profile. */
  Profile profile();

  /**
   * Returns a queue in which file operations can wait for other tasks. May be called at any time.
   *
   * @param what the event that tasks wait for, as shown to users: "a message"
   */
  WaitQueue newWaitQueue(String what);

  /**
   * Returns the store.
   *
   * @throws ErrnoException EINVAL if the source names none
   */
  default BackingStore requireStore() throws ErrnoException {
    return store()
        .orElseThrow(() ->
            new ErrnoException(
                Errno.EINVAL,
                "mount: expected a block device or MTD as source, found \"" + source() + "\""));
  }

  /** Builds a request. Not thread-safe. */
  final class Builder {
    private final String source;
    private Optional<BackingStore> store = Optional.empty();
    private Optional<Path> hostDirectory = Optional.empty();
    private List<String> options = List.of();
    private AccessMode access = AccessMode.READ_WRITE;
    private PageSource pages = new NoPages();
    private InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    private Profile profile = Profile.DOCUMENT;
    private Function<String, WaitQueue> waitQueues = NoWaiting::new;

    private Builder(String source) {
      this.source = source;
    }

    /** Sets the store behind the source. */
    public Builder store(BackingStore value) {
      store = Optional.of(value);
      return this;
    }

    /** Sets the host directory behind the source. */
    public Builder hostDirectory(Path value) {
      hostDirectory = Optional.of(value);
      return this;
    }

    /** Sets the options of the type, each as {@code name} or {@code name=value}. */
    public Builder options(List<String> values) {
      options = List.copyOf(values);
      return this;
    }

    /** Sets the access mode of the mount: READ or READ_WRITE. */
    public Builder access(AccessMode value) {
      access = value;
      return this;
    }

    /** Sets the source of pages. */
    public Builder pages(PageSource value) {
      pages = value;
      return this;
    }

    /** Sets the clock. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /** Sets the profile. */
    public Builder profile(Profile value) {
      profile = value;
      return this;
    }

    /** Sets the factory of queues, which takes the name of the event waited for. */
    public Builder waitQueues(Function<String, WaitQueue> value) {
      waitQueues = value;
      return this;
    }

    /** Returns the request. */
    public MountRequest build() {
      return new Built(
          source, store, hostDirectory, options, access, pages, clock, profile, waitQueues);
    }

    private record Built(
        String source,
        Optional<BackingStore> store,
        Optional<Path> hostDirectory,
        List<String> options,
        AccessMode access,
        PageSource pages,
        InstantSource clock,
        Profile profile,
        Function<String, WaitQueue> waitQueues)
        implements MountRequest {
      @Override
      public WaitQueue newWaitQueue(String what) {
        return waitQueues.apply(what);
      }
    }
  }
}
