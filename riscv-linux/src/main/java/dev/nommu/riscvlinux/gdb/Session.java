package dev.nommu.riscvlinux.gdb;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** One gdb that is connected, until it goes or the program has ended. */
final class Session {
  private final Packets packets;
  private final Debuggee debuggee;
  private final Commands commands;

  Session(InputStream in, OutputStream out, Debuggee debuggee, GuestMemory memory) {
    this.packets = new Packets(in, out);
    this.debuggee = debuggee;
    this.commands = new Commands(debuggee, memory);
  }

  /** Serves gdb until it closes the connection, detaches or kills the program. */
  void serve() throws IOException, InterruptedException {
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
      // who reads the packets meets it too
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void kill() {
    Optional<DebuggedThread> any = debuggee.threads().stream().findFirst();
    debuggee.detach();
    any.ifPresent(thread -> {
      try {
        thread.task().processes().kill(thread.task().pid(), Signal.SIGKILL);
      } catch (ErrnoException ended) {
        // it is killed in this very call, or was before
      }
    });
  }
}
