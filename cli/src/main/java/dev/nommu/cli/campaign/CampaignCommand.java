package dev.nommu.cli.campaign;

import dev.nommu.api.HostFailure;
import dev.nommu.api.Profile;
import dev.nommu.campaign.Campaign;
import dev.nommu.campaign.CampaignFolder;
import dev.nommu.campaign.CampaignReport;
import dev.nommu.campaign.Conditions;
import dev.nommu.campaign.Members;
import dev.nommu.campaign.Plan;
import dev.nommu.campaign.Seeds;
import dev.nommu.campaign.TestedPlugin;
import dev.nommu.campaign.Work;
import dev.nommu.campaign.cluster.Listener;
import dev.nommu.cli.board.ProfileConverter;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.HostSignals;
import dev.nommu.cli.console.Ticker;
import dev.nommu.cli.text.Printable;
import dev.nommu.devicetree.DtsWriter;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.session.Capsule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the sessions of a range of seeds. */
@Command(
    name = "campaign",
    header = "Runs generated sessions against plugins for as long as time permits.",
    description = {
      "Runs the session of each seed of a range against each plugin of a jar. Failures are shrunk"
          + " and saved as capsules, one for each cause, which 'nommu run' replays; a report lists"
          + " the failures, and what was reached and how often: rules, outcomes of calls, answers"
          + " of the plugin.",
      "",
      "Results are saved in a folder as they arrive. A campaign stopped by Ctrl-C or a power"
          + " failure continues with --resume. Plugins are code and are trusted: they can do"
          + " whatever you can. For details see docs/CAMPAIGNS.md."
    },
    footer = {
      "  nommu campaign --plugin sensor.jar --seeds 1..1000000 --for 30m",
      "  nommu campaign --resume",
      "  nommu campaign --plugin sensor.jar --seeds 1..2000 --work faults --work profiles",
      "  nommu campaign --plugin sensor.jar --seeds 1..1000000000 --listen 5701 --secret"
          + " secret.txt",
      "  nommu campaign join 5701 --secret secret.txt",
      "  nommu campaign --self --seeds 1..100000 --for 10m --report self"
    })
public final class CampaignCommand implements Callable<Integer> {
  @Option(
      names = "--plugin",
      paramLabel = "JAR|DIR",
      description = "The plugins to test: a jar, or a folder of classes or of jars.")
  private List<Path> places = List.of();

  @Option(
      names = "--with",
      paramLabel = "JAR|DIR",
      description = "More plugins, needed by the tested ones but not tested.")
  private List<Path> others = List.of();

  @Option(names = "--self", description = "Test the plugins of nommu itself.")
  private boolean self;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "Test only this class. Can be given several times.")
  private List<String> types = List.of();

  @Option(
      names = "--board",
      paramLabel = "FILE",
      description = {
        "The board that has the plugins.",
        "Default: one for each, with 16 MiB of RAM and a node for the driver."
      })
  private Optional<Path> board = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      converter = ProfileConverter.class,
      completionCandidates = ProfileConverter.class,
      description = "Only under this profile: ${COMPLETION-CANDIDATES}. Default: both.")
  private Optional<Profile> profile = Optional.empty();

  @Option(
      names = "--seeds",
      paramLabel = "FROM..TO",
      converter = SeedsConverter.class,
      description = "The seeds, as 1..1000000, both ends included.")
  private Optional<Seeds> seeds = Optional.empty();

  @Option(
      names = "--work",
      paramLabel = "WORK",
      converter = WorkConverter.class,
      completionCandidates = WorkConverter.class,
      description = {
        "The work for each seed: ${COMPLETION-CANDIDATES}. 'faults' makes each call of the plugin"
            + " fail in turn, 'profiles' compares the answers under both. Can be given several"
            + " times. Default: sessions."
      })
  private List<Work> works = List.of(Work.SESSIONS);

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "60",
      description = "Calls in each session. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Start no new sessions after this time: 90s, 30m, 12h.")
  private Optional<Duration> limit = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = {
        "Sessions to run at once; with --listen also 0: other members run them all.",
        "Default: the number of processors."
      })
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      defaultValue = "campaign-report",
      description = {
        "The folder for the results: report.html, report.json, junit.xml, capsules.",
        "Default: ${DEFAULT-VALUE}."
      })
  private Path report = Path.of("");

  @Option(
      names = "--resume",
      description = "Continue the campaign in that folder, with the same plugins and seeds.")
  private boolean resume;

  /** Options that affect how a campaign runs, not what it runs. */
  private static final Set<String> OF_A_RUN =
      Set.of("--resume", "--report", "--for", "--threads", "--listen", "--secret");

  @Mixin private final MemberOptions members = new MemberOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  private final Console console;

  private CampaignCommand(Console console) {
    this.console = console;
  }

  /** Returns the command with its subcommand. */
  public static CommandLine with(Console console) {
    return new CommandLine(new CampaignCommand(console))
        .addSubcommand(new CampaignJoinCommand(console));
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    Conditions conditions = conditions();
    members.check();
    try (CampaignFolder folder = resume ? reopened() : begun()) {
      TestedPlugins tested = tested(folder.plan());
      try (Members others = others(folder.plan())) {
        return run(new Campaign(folder, tested.plugins()), conditions, others);
      }
    }
  }

  private Conditions conditions() throws CommandException {
    Conditions usual = Conditions.allProcessors();
    if (threads.filter(number -> number == 0).isPresent() && members.listen().isEmpty()) {
      throw usage("expected a thread or more, found 0, and without --listen nobody else runs any");
    }
    try {
      return usual.on(threads.orElse(usual.threads())).within(limit.orElse(usual.limit()));
    } catch (IllegalArgumentException senseless) {
      throw usage("%s", String.valueOf(senseless.getMessage()));
    }
  }

  /** Without --listen there are none, and nothing listens. */
  private Members others(Plan plan) throws CommandException, IOException {
    if (members.listen().isEmpty()) {
      return Members.NONE;
    }
    Map<String, byte[]> plugins = Shipment.pack(Origin.parse(plan.origin()).all());
    try {
      return Listener.at(members.listen().get(), members.secret(), plan, plugins);
    } catch (IOException unusable) {
      throw usage("--listen %s", HostFailure.reason(unusable));
    }
  }

  private CampaignFolder reopened() throws CommandException {
    List<String> others =
        command.commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .distinct()
            .filter(option -> !OF_A_RUN.contains(option))
            .toList();
    if (!others.isEmpty()) {
      throw usage(
          "--resume continues the campaign in %s and cannot be combined with %s",
          report, String.join(", ", others));
    }
    return opened(() -> CampaignFolder.open(report));
  }

  private CampaignFolder begun() throws CommandException, IOException {
    if (places.isEmpty() != self || seeds.isEmpty()) {
      throw usage("expected --plugin or --self, and --seeds FROM..TO; or --resume");
    }
    if (CampaignFolder.isAt(report)) {
      throw usage(
          "%s contains a campaign: continue it with --resume, or name another folder with --report",
          report);
    }
    Origin origin = origin();
    TestedPlugins tested = TestedPlugins.of(origin, types);
    tested
        .unusable()
        .forEach(each -> console.note("left out: " + Printable.of(each.replace("\n", "; "))));
    Plan plan = plan(origin, tested, seeds.get());
    return opened(() -> CampaignFolder.create(report, plan));
  }

  private Plan plan(Origin origin, TestedPlugins tested, Seeds range) throws CommandException {
    try {
      return new Plan(
          Capsule.VERSION,
          tested.plugins().stream().map(TestedPlugin::type).toList(),
          tested.digest(),
          origin.toString(),
          works.stream().distinct().toList(),
          profile.map(List::of).orElse(List.of(Profile.values())),
          range,
          steps);
    } catch (IllegalArgumentException senseless) {
      throw usage("%s", String.valueOf(senseless.getMessage()));
    }
  }

  private Origin origin() throws BoardException {
    Optional<Board> read =
        board.isPresent() ? Optional.of(Board.read(board.get())) : Optional.empty();
    return new Origin(
        places.stream().map(each -> each.toAbsolutePath().toString()).toList(),
        others.stream().map(each -> each.toAbsolutePath().toString()).toList(),
        read.map(each -> DtsWriter.write(each.tree())).orElse(""),
        read.map(each -> each.simulation().directory().toString()).orElse(""));
  }

  private interface Opening {
    CampaignFolder open() throws IOException;
  }

  private static CampaignFolder opened(Opening opening) throws CommandException {
    try {
      return opening.open();
    } catch (IOException unusable) {
      throw usage("%s", HostFailure.reason(unusable));
    }
  }

  private TestedPlugins tested(Plan plan) throws CommandException, IOException {
    try {
      TestedPlugins tested = TestedPlugins.of(Origin.parse(plan.origin()), plan.plugins());
      if (!tested.digest().equals(plan.digest()) || !plan.version().equals(Capsule.VERSION)) {
        throw usage(
            "%s: expected nommu %s and plugins with the digest %s, found %s and %s",
            report, plan.version(), plan.digest(), Capsule.VERSION, tested.digest());
      }
      return tested;
    } catch (IllegalArgumentException foreign) {
      throw usage("%s: %s", report, String.valueOf(foreign.getMessage()));
    }
  }

  private static CommandException usage(String message, Object... arguments) {
    return new CommandException(ExitCode.USAGE, "nommu campaign: " + message.formatted(arguments));
  }

  private int run(Campaign campaign, Conditions conditions, Members others)
      throws CommandException, InterruptedException {
    AtomicBoolean interrupted = new AtomicBoolean();
    CampaignReport result;
    try (HostSignals.Handled _ =
            HostSignals.handle(
                "INT",
                () -> {
                  interrupted.set(true);
                  campaign.stop();
                });
        Ticker ticker = new Ticker(console)) {
      result = campaign.run(conditions, so -> ticker.tick(so::summary), others);
    } catch (IOException unwritable) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu campaign: cannot write %s: %s".formatted(report, HostFailure.reason(unwritable)),
          unwritable);
    }
    console.lines(new CampaignSummary(result, report).lines());
    if (interrupted.get()) {
      return ExitCode.INTERRUPTED;
    }
    return result.isSound() ? ExitCode.OK : ExitCode.FAILED;
  }
}
