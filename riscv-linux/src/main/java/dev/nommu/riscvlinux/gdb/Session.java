package dev.nommu.riscvlinux.gdb;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.IntFunction;

/** The connection to one gdb, until it closes or the program has ended. */
final class Session {
  private final Packets packets;
  private final Debuggee debuggee;
  private final Commands commands;
  private final IntFunction<Optional<Task>> tasks;

  Session(
      InputStream in,
      OutputStream out,
      Debuggee debuggee,
      GuestMemory memory,
      IntFunction<Optional<Task>> tasks) {
    this.packets = new Packets(in, out);
    this.debuggee = debuggee;
    this.tasks = tasks;
    this.commands = new Commands(debuggee, memory, tasks);
  }

  /**
   * Stops a running program, and serves gdb until it disconnects, detaches or kills the program.
   */
  void serve() throws IOException, InterruptedException {
    debuggee.interrupt();
    for (Optional<String> each = packets.read(); each.isPresent(); each = packets.read()) {
      String packet = each.get();
      if (!packet.equals(Packets.INTERRUPT)) {
        serve(packet);
      } else {
        debuggee.interrupt();
      }
      if (debuggee.isDetached()) {
        return;
      }
    }
  }

  private void serve(String packet) throws IOException, InterruptedException {
    switch (packet.split("[;:]", 2)[0]) {
      case "?" -> packets.write(commands.stopReply(debuggee.awaitStop()));
      case "QStartNoAckMode" -> {
        packets.write(Commands.OK);
        packets.stopAcknowledging();
      }
      case "vCont" -> resume(packet.substring("vCont".length()));
      case "D" -> {
        debuggee.detach();
        packets.write(Commands.OK);
      }
      case "k" -> kill();
      case "vKill" -> {
        packets.write(Commands.OK);
        kill();
      }
      default -> packets.write(commands.answer(packet));
    }
  }

  private void resume(String actions) throws IOException {
    if (!actions.startsWith(";")) {
      packets.write(commands.answer("vCont" + actions));
    } else if (commands.resume(actions)) {
      Thread.ofVirtual().name("nommu-gdb-stop").start(this::tellOfStop);
    } else {
      packets.write("E16");
    }
  }

  private void tellOfStop() {
    try {
      packets.write(commands.stopReply(debuggee.awaitStop()));
    } catch (IOException gone) {
      // the reader of the packets fails too
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills the program before detaching, so that it does not continue briefly. */
  private void kill() {
    debuggee.threads().stream()
        .findFirst()
        .flatMap(each -> tasks.apply(each.tid()))
        .ifPresent(Session::kill);
    debuggee.detach();
  }

  private static void kill(Task task) {
    try {
      task.processes().kill(task.pid(), Signal.SIGKILL);
    } catch (ErrnoException ended) {
      // killed by this call or already dead
    }
  }
}
