package dev.nommu.api;

import java.util.List;

/**
 * The arguments of {@code execve}. Its texts are UTF-8 in memory, each with a trailing NUL.
 * Immutable.
 *
 * <p>The kernel creates these, and components may be added; tests of a format use a {@link
 * Builder}.
 *
 * @since 0.1.0
 */
public sealed interface ExecRequest {
  /**
   * Returns a builder. By default the path is the only argument, the environment is empty, the
   * caller is the superuser, data has no limit and the profile is the document's.
   *
   * @param path the path of the call
   */
  static Builder builder(String path) {
    return new Builder(path);
  }

  /** Returns the path of the call, regardless of interpreters. */
  String path();

  /** Returns the arguments, including those of interpreters; 1 or more; immutable. */
  List<String> arguments();

  /** Returns the environment, such as {@code "HOME=/"}; immutable. */
  List<String> environment();

  /** Returns the credentials of the program. */
  Owner owner();

  /** Returns the limit of data and bss in bytes (RLIMIT_DATA), {@link Long#MAX_VALUE} for none. */
  long dataLimit();

  /** Returns the profile. */
  Profile profile();

  /** Returns a builder with the values of this request. */
  default Builder toBuilder() {
    return builder(path())
        .arguments(arguments())
        .environment(environment())
        .owner(owner())
        .dataLimit(dataLimit())
        .profile(profile());
  }

  /** Builds a request. Not thread-safe. */
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

    /** Sets the arguments, 1 or more. */
    public Builder arguments(List<String> values) {
      arguments = List.copyOf(values);
      return this;
    }

    /** Sets the environment. */
    public Builder environment(List<String> values) {
      environment = List.copyOf(values);
      return this;
    }

    /** Sets the credentials of the program. */
    public Builder owner(Owner value) {
      owner = value;
      return this;
    }

    /** Sets the limit of data and bss in bytes. */
    public Builder dataLimit(long bytes) {
      dataLimit = bytes;
      return this;
    }

    /** Sets the profile. */
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
