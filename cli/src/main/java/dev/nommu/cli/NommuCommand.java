package dev.nommu.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The command without a subcommand, and what all subcommands have in common. */
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
      "0:everything was done; a system call that fails is a result like any other",
      "1:something failed that should not have, or nommu itself is wrong",
      "2:the command line, a board or a scenario is not there or cannot be understood",
      "69:no JDK 25, or no Maven to build with (from the launcher; 70: the build failed)",
      "130:it was interrupted, as by Ctrl-C",
      "141:nobody reads the output any more, as after '| head'"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  nommu matrix",
      "  nommu explain 'mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, \"/m/romfs_rom/big.bin\", 0)'",
      "  nommu run examples/session.txt",
      "  nommu board --board boards/oracle.dts",
      "  nommu bench --quick",
      "  nommu COMMAND --help"
    })
final class NommuCommand {
  /** Creates the command. */
  NommuCommand() {}

  /** Says which version this is. */
  static final class Version implements IVersionProvider {
    /** Creates it. */
    Version() {}

    @Override
    public String[] getVersion() {
      String version = number();
      return new String[] {"nommu " + (version.isEmpty() ? "(not packaged)" : version)};
    }

    /** Returns the number alone, or nothing if this is not packaged. */
    static String number() {
      var descriptor = Main.class.getModule().getDescriptor();
      return descriptor == null ? "" : descriptor.rawVersion().orElse("");
    }
  }
}
