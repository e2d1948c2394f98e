package dev.nommu.cli.run;

import dev.nommu.api.HostFailure;
import dev.nommu.chardevfb.FrameBufferDeviceDriver;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.tck.Service;
import dev.nommu.tck.session.Capsule;
import dev.nommu.tck.session.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Replays a capsule.
 *
 * @param plugins where its plugin is found
 * @param console receives each call with its result, and the errors
 */
record CapsuleRun(PluginPath plugins, Console console) {
  private static final List<Service<?>> SERVICES =
      Stream.concat(
              Service.OF_API.stream(),
              Stream.of(
                  new Service<>(FrameBufferDeviceDriver.class, FrameBufferDeviceDriver::name)))
          .toList();

  /**
   * Replays a capsule.
   *
   * @throws CommandException if it cannot be read, or the failure occurs again
   * @throws BoardException if its plugin does not exist, or its board does not boot
   */
  void of(Path folder) throws CommandException, BoardException {
    Capsule capsule = read(folder);
    if (!capsule.version().equals(Capsule.VERSION)) {
      console.note(
          "%s: saved by version %s of nommu, this is %s"
              .formatted(folder, capsule.version(), Capsule.VERSION));
    }
    Replay replay = capsule.replay(Service.replacing(plugins, SERVICES), SERVICES);
    console.lines(replay.trace());
    if (!replay.wrong().isEmpty()) {
      replay.wrong().forEach(wrong -> console.note(wrong.toString()));
      throw new CommandException(ExitCode.FAILED, folder + ": fails");
    }
  }

  private static Capsule read(Path folder) throws CommandException {
    try {
      return Capsule.read(folder);
    } catch (IOException unreadable) {
      throw new CommandException(ExitCode.USAGE, HostFailure.reason(unreadable), unreadable);
    }
  }
}
