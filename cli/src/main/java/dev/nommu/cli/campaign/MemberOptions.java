package dev.nommu.cli.campaign;

import dev.nommu.api.HostFailure;
import dev.nommu.campaign.cluster.Endpoint;
import dev.nommu.campaign.cluster.Secret;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a process connects to the others of a campaign. */
final class MemberOptions {
  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = EndpointConverter.class,
      description = {
        "The address at which other members reach this one; no other is bound. A port alone is one"
            + " of the loopback. Needs --secret."
      })
  private Optional<Endpoint> listen = Optional.empty();

  @Option(
      names = "--secret",
      paramLabel = "FILE",
      description = {
        "A file that only the members have, of 16 bytes or more. Each connection starts with proof"
            + " that both sides know it."
      })
  private Optional<Path> secret = Optional.empty();

  /** Creates the options with their defaults. */
  MemberOptions() {}

  /** Returns the address of this member, if given. */
  Optional<Endpoint> listen() {
    return listen;
  }

  /**
   * Reads the secret.
   *
   * @throws CommandException if it was not given, cannot be read or is too short
   */
  Secret secret() throws CommandException {
    Path file =
        secret.orElseThrow(() ->
            new CommandException(
                ExitCode.USAGE,
                "nommu campaign: members need --secret FILE: otherwise anyone could join"));
    try {
      return Secret.read(file);
    } catch (IOException unusable) {
      throw new CommandException(
          ExitCode.USAGE,
          "nommu campaign: --secret %s: %s".formatted(file, HostFailure.reason(unusable)),
          unusable);
    }
  }

  /**
   * Checks that members can join, before a campaign starts.
   *
   * @throws CommandException if there is no secret, or it cannot listen at the address
   */
  void check() throws CommandException {
    if (listen.isPresent()) {
      secret();
      try {
        listen.get().requireFree();
      } catch (IOException unusable) {
        throw new CommandException(
            ExitCode.USAGE, "nommu campaign: --listen " + unusable.getMessage(), unusable);
      }
    }
  }
}
