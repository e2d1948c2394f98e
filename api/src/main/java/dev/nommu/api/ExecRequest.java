package dev.nommu.api;

import java.util.List;

/**
 * What {@code execve} was asked for. All of its texts are UTF-8 in memory and end in a zero byte.
 * Immutable.
 *
 * <p>The kernel makes these, and they may grow; a test of a format makes them with a {@link
 * Builder}.
 *
 * @since 0.1.0
 */
public sealed interface ExecRequest {
  /**
   * Begins a request. Without more the path is the only argument, the environment is empty, the
   * superuser asks, data has no limit and the profile is the document's.
   *
   * @param path the path of the call
   */
  static Builder builder(String path) {
    return new Builder(path);
  }

  /** Returns the path of the call, whatever interpreters came between. */
  String path();

  /** Returns what the program gets, interpreters included; 1 or more; immutable. */
  List<String> arguments();

  /** Returns what is added to it, such as {@code "HOME=/"}; immutable. */
  List<String> environment();

  /** Returns in whose name the program runs. */
  Owner owner();

  /**
   * Returns how many bytes data and bss may have (RLIMIT_DATA), {@link Long#MAX_VALUE} for any
   * number.
   */
  long dataLimit();

  /** Returns which of two disagreeing rules holds. */
  Profile profile();

  /** Begins a request that is the same but for what is set. */
  default Builder toBuilder() {
    return builder(path())
        .arguments(arguments())
        .environment(environment())
        .owner(owner())
        .dataLimit(dataLimit())
        .profile(profile());
  }

  /** Makes a request. Not thread-safe. */
  final class Builder {
    private final String path;
    private List<String> arguments;
    private List<String> environment = List.of();
    private Owner owner = Owner.ROOT;
    private long dataLimit = Long.MAX_VALUE;
    private Profile profile = Profile.DOCUMENT;

    private Builder(String path) {
      this.path = path;
      this.arguments = List.of(path);
    }

    /** Sets what the program gets: 1 argument or more. */
    public Builder arguments(List<String> values) {
      arguments = List.copyOf(values);
      return this;
    }

    /** Sets what is added to the arguments. */
    public Builder environment(List<String> values) {
      environment = List.copyOf(values);
      return this;
    }

    /** Sets in whose name the program runs. */
    public Builder owner(Owner value) {
      owner = value;
      return this;
    }

    /** Sets how many bytes data and bss may have. */
    public Builder dataLimit(long bytes) {
      dataLimit = bytes;
      return this;
    }

    /** Sets which of two disagreeing rules holds. */
    public Builder profile(Profile value) {
      profile = value;
      return this;
    }

    /** Returns the request. */
    public ExecRequest build() {
      return new Built(path, arguments, environment, owner, dataLimit, profile);
    }

    private record Built(
        String path,
        List<String> arguments,
        List<String> environment,
        Owner owner,
        long dataLimit,
        Profile profile)
        implements ExecRequest {}
  }
}
