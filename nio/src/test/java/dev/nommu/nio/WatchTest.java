package dev.nommu.nio;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Directories that are watched, as the JDK says and as Linux reports. */
@Timeout(60)
final class WatchTest {
  private static final WatchEvent.Kind<?>[] ALL = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  @RegisterExtension final Memory memory = new Memory();

  private Path directory;
  private WatchService service;

  @BeforeEach
  void openService() throws IOException {
    directory = Files.createDirectory(memory.path("/d"));
    service = memory.files().newWatchService();
  }

  @AfterEach
  void closeService() throws IOException {
    service.close();
  }

  private static List<String> shown(List<WatchEvent<?>> events) {
    return events.stream()
        .map(event -> "%s %s %d".formatted(event.kind(), event.context(), event.count()))
        .toList();
  }

  private static Path create(Path file) throws IOException {
    return Files.write(file, new byte[0], StandardOpenOption.CREATE_NEW);
  }

  private static void changeAll(Path root) throws IOException {
    Path file = root.resolve("d/file");
    Path other = Files.createDirectory(root.resolve("other"));
    Files.writeString(file, "text");
    try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Files.move(file, root.resolve("d/moved"));
      open.write(ByteBuffer.allocate(3));
      Files.move(root.resolve("d/moved"), other.resolve("gone"));
      open.write(ByteBuffer.allocate(3));
      Files.move(other.resolve("gone"), root.resolve("d/back"));
      Files.delete(root.resolve("d/back"));
      open.write(ByteBuffer.allocate(3));
    }
    Files.createDirectories(root.resolve("d/sub/deep"));
    Files.delete(root.resolve("d/sub/deep"));
    Files.delete(root.resolve("d/sub"));
    Files.createSymbolicLink(root.resolve("d/link"), root.getFileSystem().getPath("nowhere"));
    Path linked = Files.writeString(root.resolve("d/linked"), "text");
    Files.createLink(root.resolve("d/hard"), linked);
    Files.setPosixFilePermissions(linked, PosixFilePermissions.fromString("rw-------"));
    Files.setLastModifiedTime(root.resolve("d/hard"), FileTime.from(Instant.EPOCH));
    Files.copy(linked, root.resolve("d/copy"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(root.resolve("d/copy"), linked, StandardCopyOption.REPLACE_EXISTING);
    Files.newOutputStream(linked).close();
  }

  /** Each event but one that follows one of the same kind and name; up to a file made at last. */
  private static List<String> eventsOf(Path root) throws Exception {
    List<String> events = new ArrayList<>();
    Map<Object, WatchEvent.Kind<?>> last = new HashMap<>();
    try (WatchService service = root.getFileSystem().newWatchService()) {
      Files.createDirectory(root.resolve("d")).register(service, ALL);
      changeAll(root);
      create(root.resolve("d/end"));
      while (!events.contains("ENTRY_CREATE end")) {
        WatchKey key = service.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          if (last.put(event.context(), event.kind()) != event.kind()) {
            events.add(event.kind() + " " + event.context());
          }
        }
        assertTrue(key.reset());
      }
    }
    return events;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void events_areThoseOfTheHost(@TempDir Path host) throws Exception {
    List<String> hosts = eventsOf(host);
    assertTrue(hosts.size() > 15, hosts::toString);
    assertEquals(hosts, eventsOf(Files.createDirectory(memory.path("/root"))));
  }

  @Test
  void changesOfOtherTasks_areReported() throws Exception {
    WatchKey key = directory.register(service, ALL);
    Task other = memory.machine().init().spawn("other");
    int file = other.open("/d/f", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    other.ftruncate(file, 4096);
    assertSame(key, service.poll());
    assertEquals(List.of("ENTRY_CREATE f 1", "ENTRY_MODIFY f 1"), shown(key.pollEvents()));
  }

  @Test
  void inotify03_storesToAMapping_areNotReported() throws Exception {
    create(directory.resolve("f"));
    try (FileChannel file = memory.open("/d/f");
        Arena arena = Arena.ofConfined()) {
      var mapped = file.map(MapMode.READ_WRITE, 0, 4096, arena);
      directory.register(service, ALL);
      mapped.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
      assertNull(service.poll());
    }
  }

  @Test
  void key_waitsWhileItIsSignalledAndIsQueuedAgainIfEventsAreLeft() throws Exception {
    WatchKey key = directory.register(service, ENTRY_CREATE);
    assertNull(service.poll());
    create(directory.resolve("1"));
    assertSame(key, service.take());
    assertEquals(List.of("ENTRY_CREATE 1 1"), shown(key.pollEvents()));
    create(directory.resolve("2"));
    assertNull(service.poll());
    assertTrue(key.reset());
    assertSame(key, service.poll());
    assertEquals(List.of("ENTRY_CREATE 2 1"), shown(key.pollEvents()));
    assertTrue(key.reset());
    assertNull(service.poll(1, TimeUnit.MILLISECONDS));
    Files.delete(directory.resolve("2"));
    assertNull(service.poll());
  }

  @Test
  void eventThatIsRepeated_isCounted() throws Exception {
    WatchKey key = directory.register(service, ALL);
    create(directory.resolve("a"));
    create(directory.resolve("b"));
    for (int i = 0; i < 3; i++) {
      Files.writeString(directory.resolve("a"), "1", StandardOpenOption.APPEND);
      Files.writeString(directory.resolve("b"), "1", StandardOpenOption.APPEND);
    }
    Files.delete(directory.resolve("a"));
    assertEquals(
        List.of(
            "ENTRY_CREATE a 1",
            "ENTRY_CREATE b 1",
            "ENTRY_MODIFY a 3",
            "ENTRY_MODIFY b 3",
            "ENTRY_DELETE a 1"),
        shown(key.pollEvents()));
  }

  @Test
  void moreEventsThanAreKept_areAnOverflow() throws Exception {
    WatchKey key = directory.register(service, ENTRY_CREATE);
    for (int i = 0; i <= NommuWatchKey.MOST + 1; i++) {
      create(directory.resolve("" + i));
    }
    assertEquals(List.of("OVERFLOW null 2"), shown(key.pollEvents()));
    create(directory.resolve("after"));
    assertEquals(List.of("ENTRY_CREATE after 1"), shown(key.pollEvents()));
  }

  @Test
  void directoryThatIsRegisteredAgain_hasTheSameKeyAndOtherEvents() throws Exception {
    WatchKey key = directory.register(service, ENTRY_CREATE);
    assertSame(key, memory.path("/d/../d").register(service, ENTRY_DELETE));
    create(directory.resolve("f"));
    Files.delete(directory.resolve("f"));
    assertEquals(List.of("ENTRY_DELETE f 1"), shown(key.pollEvents()));
    assertEquals(directory, key.watchable());
  }

  @Test
  void keyOfADirectoryThatIsRemoved_isSignalledAndInvalid() throws Exception {
    WatchKey key = directory.register(service, ALL);
    Files.delete(directory);
    assertSame(key, service.take());
    assertFalse(key.isValid());
    assertFalse(key.reset());
    Files.createDirectory(directory);
    assertTrue(directory.register(service, ALL).isValid());
    assertFalse(key.isValid());
  }

  @Test
  void keyThatIsCancelled_hearsNothingAndKeepsWhatItHas() throws Exception {
    WatchKey key = directory.register(service, ALL);
    create(directory.resolve("f"));
    key.cancel();
    create(directory.resolve("g"));
    assertFalse(key.isValid());
    assertSame(key, service.poll());
    assertEquals(List.of("ENTRY_CREATE f 1"), shown(key.pollEvents()));
    assertFalse(key.reset());
  }

  @Test
  void serviceThatIsClosed_wakesThoseThatWait() throws Exception {
    WatchKey key = directory.register(service, ALL);
    List<CompletableFuture<Class<?>>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      CompletableFuture<Class<?>> thrown = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() ->
              thrown.complete(
                  assertThrows(ClosedWatchServiceException.class, service::take).getClass()));
      waiting.add(thrown);
    }
    memory.files().close();
    for (CompletableFuture<Class<?>> each : waiting) {
      assertEquals(ClosedWatchServiceException.class, each.get());
    }
    assertFalse(key.isValid());
    assertThrows(ClosedWatchServiceException.class, service::poll);
    assertThrows(ClosedWatchServiceException.class, () -> service.poll(1, TimeUnit.SECONDS));
  }

  @Test
  void whatCannotBeWatched_isRefused() throws Exception {
    create(directory.resolve("f"));
    assertThrows(NotDirectoryException.class, () -> directory.resolve("f").register(service, ALL));
    assertThrows(NoSuchFileException.class, () -> directory.resolve("none").register(service, ALL));
    assertThrows(IllegalArgumentException.class, () -> directory.register(service));
    assertThrows(IllegalArgumentException.class, () -> directory.register(service, OVERFLOW));
    assertThrows(
        UnsupportedOperationException.class,
        () -> directory.register(service, ALL, () -> "FILE_TREE"));
    assertTrue(directory.register(service, ALL, () -> "HIGH").isValid());
    try (WatchService hosts = FileSystems.getDefault().newWatchService();
        NommuFileSystem other = NommuFileSystem.inMemory();
        WatchService others = other.newWatchService()) {
      assertThrows(ProviderMismatchException.class, () -> directory.register(hosts, ALL));
      assertThrows(ProviderMismatchException.class, () -> directory.register(others, ALL));
    }
    service.close();
    assertThrows(ClosedWatchServiceException.class, () -> directory.register(service, ALL));
  }
}
