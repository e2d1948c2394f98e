package dev.nommu.api;

import java.util.List;

/**
 * What {@code execve} was asked for. All of its texts are UTF-8 in memory and end in a zero byte.
 *
 * @param path the path of the call, whatever interpreters came between
 * @param arguments what the program gets, interpreters included; 1 or more
 * @param environment what is added to it, such as {@code "HOME=/"}
 * @param uid the user in whose name the program runs
 * @param gid the group
 * @param dataLimit how many bytes data and bss may have (RLIMIT_DATA), {@link Long#MAX_VALUE} for
 *     any number
 * @param profile which of two disagreeing rules holds
 */
public record ExecRequest(
    String path,
    List<String> arguments,
    List<String> environment,
    int uid,
    int gid,
    long dataLimit,
    Profile profile) {
  /** Keeps copies of the lists. */
  public ExecRequest {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
  }
}
