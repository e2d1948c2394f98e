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

/** How a process meets the others of a campaign. */
final class MemberOptions {
  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = EndpointConverter.class,
      description = {
        "Where other members reach this one; no other address is bound. A port alone is one of the"
            + " loopback. Needs --secret."
      })
  private Optional<Endpoint> listen = Optional.empty();

  @Option(
      names = "--secret",
      paramLabel = "FILE",
      description = {
        "A file that all members have and nobody else, of 16 bytes or more. A connection begins"
            + " with the proof that both sides know it."
      })
  private Optional<Path> secret = Optional.empty();

  /** Creates the options as they are without arguments. */
  MemberOptions() {}

  /** Returns where this member is reached, if it says. */
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
                "nommu campaign: members need --secret FILE: anybody could join otherwise"));
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
   * Makes sure that members can be let in, before a campaign is begun.
   *
   * @throws CommandException if there is no secret, or the address cannot be listened at
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
