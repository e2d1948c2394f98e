package dev.nommu.cli.campaign;

import dev.nommu.api.HostFailure;
import dev.nommu.campaign.RangeRun;
import dev.nommu.campaign.cluster.Endpoint;
import dev.nommu.campaign.cluster.Joined;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.HostSignals;
import dev.nommu.tck.session.Capsule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.io.file.PathUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Joins a campaign that another process started. */
@Command(
    name = "join",
    header = "Joins a campaign that another process started with --listen.",
    description = {
      "Receives the plugins from the first member, runs ranges of seeds, and exits when the"
          + " campaign ends or the first member leaves. Members trust each other: plugins are code."
    },
    footer = {
      "  nommu campaign join 127.0.0.1:5701 --secret secret.txt",
      "  nommu campaign join build-1:5701 --listen build-2:5701 --secret secret.txt"
    })
public final class CampaignJoinCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "HOST:PORT",
      converter = EndpointConverter.class,
      description = "The address of the first member. A port alone means the loopback address.")
  private Endpoint first = Endpoint.ANY_OF_LOOPBACK;

  @Option(
      names = "--plugin",
      paramLabel = "JAR|DIR",
      description = {
        "Use this plugin, which must be identical to the first member's, byte for byte.",
        "Default: the one that the first member sends."
      })
  private List<Path> places = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Ranges to run at once. Default: the number of processors.")
  private Optional<Integer> threads = Optional.empty();

  @Mixin private final MemberOptions members = new MemberOptions();

  private final Console console;

  /** Creates the command. */
  public CampaignJoinCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    if (threads() < 1) {
      throw new CommandException(
          ExitCode.USAGE,
          "nommu campaign join: expected a thread or more, found %d".formatted(threads()));
    }
    Path folder = Files.createTempDirectory("nommu-member");
    try (Joined joined = joined()) {
      return work(joined, folder);
    } finally {
      PathUtils.deleteDirectory(folder);
    }
  }

  private int threads() {
    return threads.orElse(Runtime.getRuntime().availableProcessors());
  }

  private Joined joined() throws CommandException {
    try {
      return Joined.at(own(), first, members.secret());
    } catch (IOException refused) {
      throw new CommandException(
          ExitCode.FAILED, "nommu campaign join: " + HostFailure.reason(refused), refused);
    }
  }

  private Endpoint own() throws CommandException, IOException {
    if (members.listen().isEmpty() && !first.isLoopback()) {
      throw new CommandException(
          ExitCode.USAGE,
          "nommu campaign join: %s is on the network: expected --listen HOST:PORT, where the other members reach this one"
              .formatted(first));
    }
    return members.listen().orElse(Endpoint.ANY_OF_LOOPBACK);
  }

  private int work(Joined joined, Path folder)
      throws CommandException, IOException, InterruptedException {
    TestedPlugins tested = tested(joined, folder);
    console.note("joined the campaign of " + first);
    Joined.Ending ending;
    try (RangeRun run = new RangeRun(joined.plan(), tested.plugins(), threads());
        HostSignals.Handled _ = HostSignals.handle("INT", joined::stop)) {
      ending = joined.work(run);
    }
    console.line("%d ranges run; %s".formatted(joined.ranges(), words(ending)));
    return switch (ending) {
      case CAMPAIGN_OVER -> ExitCode.OK;
      case FIRST_GONE -> ExitCode.FAILED;
      case STOPPED -> ExitCode.INTERRUPTED;
    };
  }

  private static String words(Joined.Ending ending) {
    return switch (ending) {
      case CAMPAIGN_OVER -> "the campaign is over";
      case FIRST_GONE -> "the first member has gone";
      case STOPPED -> "interrupted";
    };
  }

  private TestedPlugins tested(Joined joined, Path folder) throws CommandException, IOException {
    Origin origin = Origin.parse(joined.plan().origin());
    List<String> used =
        places.isEmpty()
            ? Shipment.unpack(joined.jars(), folder)
            : places.stream().map(place -> place.toAbsolutePath().toString()).toList();
    TestedPlugins tested = TestedPlugins.of(origin.at(used), joined.plan().plugins());
    if (!tested.digest().equals(joined.plan().digest())
        || !joined.plan().version().equals(Capsule.VERSION)) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu campaign join: expected nommu %s and plugins with the digest %s, found %s and %s"
              .formatted(
                  joined.plan().version(),
                  joined.plan().digest(),
                  Capsule.VERSION,
                  tested.digest()));
    }
    return tested;
  }
}
