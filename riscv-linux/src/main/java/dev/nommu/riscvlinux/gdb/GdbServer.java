package dev.nommu.riscvlinux.gdb;

import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets gdb attach to the first machine-code program that starts on a machine, through the remote
 * serial protocol. The program stops before its first instruction and waits. One gdb at a time is
 * served; a second one is disconnected. If gdb closes the connection without detaching, the program
 * stays as it is, for another gdb to attach.
 */
public final class GdbServer implements AutoCloseable {
  private final ServerSocket listening;
  private final Machine machine;
  private final Debuggee debuggee;
  private final GuestMemory memory;
  private final AtomicReference<Optional<Socket>> client = new AtomicReference<>(Optional.empty());

  private GdbServer(ServerSocket listening, Machine machine) {
    this.listening = listening;
    this.machine = machine;
    this.memory = new GuestMemory(machine.memory());
    this.debuggee = new Debuggee(machine.clock(), memory);
  }

  /**
   * Listens on the loopback interface only.
   *
   * @param port 0 for any free port
   * @throws IOException if the port is in use
   */
  public static GdbServer listen(Machine machine, int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException taken) {
      socket.close();
      throw taken;
    }
    GdbServer server = new GdbServer(socket, machine);
    machine.programs().debug(server.debuggee);
    Thread.ofPlatform().daemon().name("nommu-gdb").start(server::acceptAll);
    return server;
  }

  /** Returns the port. */
  public int port() {
    return listening.getLocalPort();
  }

  private void acceptAll() {
    try {
      while (true) {
        accept(listening.accept());
      }
    } catch (IOException closed) {
      // the server was closed
    }
  }

  private void accept(Socket socket) throws IOException {
    if (client.compareAndSet(Optional.empty(), Optional.of(socket))) {
      Thread.ofPlatform().daemon().name("nommu-gdb-client").start(() -> serve(socket));
    } else {
      socket.close();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      new Session(socket.getInputStream(), socket.getOutputStream(), debuggee, memory, this::find)
          .serve();
    } catch (IOException gone) {
      // gdb may reconnect
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      client.set(Optional.empty());
    }
  }

  private Optional<Task> find(int tid) {
    return machine.tasks().stream().filter(each -> each.tid() == tid).findFirst();
  }

  /** Resumes the program and closes the connection. */
  @Override
  public void close() {
    debuggee.detach();
    try {
      listening.close();
      Optional<Socket> open = client.get();
      if (open.isPresent()) {
        open.get().close();
      }
    } catch (IOException ignored) {
      // already closed
    }
  }
}
