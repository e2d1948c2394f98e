package dev.nommu.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The command without a subcommand, and the settings common to all subcommands. */
@Command(
    name = "nommu",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = NommuCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    abbreviateSynopsis = true,
    description =
        "A no-MMU Linux with its memory, its files and its rules for mapping them: what can be"
            + " mapped, how, and why not.",
    descriptionHeading = "%n",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success; a system call that fails is a result like any other",
      "1:a check, campaign or comparison found failures, or something failed unexpectedly",
      "2:the command line, a board or a scenario is missing or invalid",
      "69:no JDK 25, or no Maven to build with (from the launcher; 70: the build failed)",
      "130:interrupted, as by Ctrl-C",
      "141:the output was closed, as by '| head'"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  nommu matrix",
      "  nommu explain 'mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, \"/m/romfs_rom/big.bin\", 0)'",
      "  nommu run examples/session.txt",
      "  nommu board --board boards/oracle.dts",
      "  nommu bench --quick      # measures nommu itself",
      "  nommu COMMAND --help"
    })
final class NommuCommand {
  /** Creates the command. */
  NommuCommand() {}

  /** Returns the version. */
  static final class Version implements IVersionProvider {
    /** Creates it. */
    Version() {}

    @Override
    public String[] getVersion() {
      String version = number();
      return new String[] {"nommu " + (version.isEmpty() ? "(not packaged)" : version)};
    }

    /** Returns only the number, or an empty string if not packaged. */
    static String number() {
      var descriptor = Main.class.getModule().getDescriptor();
      return descriptor == null ? "" : descriptor.rawVersion().orElse("");
    }
  }
}
