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
 * <p>The kernel makes these, and they may grow; a test of a file system makes them with a {@link
 * Builder}.
 *
 * @since 0.1.0
 */
public sealed interface MountRequest {
  /**
   * Begins a request. Without more it has neither a store nor a host directory, no options, is for
   * reading and writing and under the document's profile; there are no pages, nobody waits, and it
   * is the beginning of 1970.
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
   * Returns the options of the type, in the order in which they were given, each as {@code name} or
   * {@code name=value}: see {@link FileSystemType#knowsOption}. Options of every file system, such
   * as {@code ro}, are handled by the kernel and left out.
   */
  List<String> options();

  /** Returns READ for a read-only mount, otherwise READ_WRITE. */
  AccessMode access();

  /** Returns memory for a file system that lives in it. */
  PageSource pages();

  /** Returns what time it is on the machine. */
  InstantSource clock();

  /** Returns which of two disagreeing rules holds. */
  Profile profile();

  /**
   * Returns a queue in which operations of files can wait for what other tasks do. May be called at
   * any time.
   *
   * @param what what is waited for, for people who ask what a task waits for: "a message"
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

  /** Makes a request. Not thread-safe. */
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

    /** Sets what it is mounted for: READ or READ_WRITE. */
    public Builder access(AccessMode value) {
      access = value;
      return this;
    }

    /** Sets where memory comes from. */
    public Builder pages(PageSource value) {
      pages = value;
      return this;
    }

    /** Sets the clock. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /** Sets which of two disagreeing rules holds. */
    public Builder profile(Profile value) {
      profile = value;
      return this;
    }

    /** Sets what makes queues, each of the name of what is waited for. */
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
