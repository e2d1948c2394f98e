package dev.nommu.nio;

import static de.pfabulist.lindwurm.niotest.tests.descriptionbuilders.CombinedBuilder.build;

import de.pfabulist.lindwurm.niotest.tests.AllTests;
import de.pfabulist.lindwurm.niotest.tests.FSDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.AfterClass;
import org.junit.BeforeClass;

/** The suite niotest for file systems of {@code java.nio.file}, but for what is listed here. */
public final class NioTestSuiteTest extends AllTests {
  private static FSDescription description;
  private static NommuFileSystem first;
  private static NommuFileSystem second;
  private static NommuFileSystem closable;
  private static NommuFileSystem limited;
  private static Path host;

  /** Called by JUnit for each test. */
  public NioTestSuiteTest() {
    super(description);
  }

  /** Says what is tested. */
  @BeforeClass
  public static void describe() throws IOException {
    first = NommuFileSystem.inMemory();
    second = NommuFileSystem.inMemory();
    closable = NommuFileSystem.inMemory();
    limited = NommuFileSystem.inMemory(InMemory.OF_64_MIB.withQuota(10 << 20));
    host = Files.createTempDirectory("niotest");
    first.task().tree().mkdir("/store", 0755);
    first.task().tree().mount("none", "/store", "ramfs", Set.of(), "");
    description =
        build()
            .unix()
            .next()
            .playgrounds()
            .std(directory(first, "/play"))
            .sameProviderDifferentFileSystem(directory(second, "/play"))
            .sameFileSystemDifferentStore(directory(first, "/store/play"))
            .differentProvider(host)
            .closable(directory(closable, "/play"))
            .sizeLimitedPlayground(directory(limited, "/play"))
            .next()
            .time()
            .noLastAccessTime() // ramfs keeps no time of reading
            .noCreationTime() // stat has none
            .next()
            .fileStores()
            .sizeLimitedPlayground(directory(limited, "/play"))
            .next()
            .watchable()
            .delay(20)
            .nitpick(
                "testMovedWatchedDirCancelsKeys", "inotify goes on watching a directory that moves")
            .nitpick("testDifferentOwnerCanNotWrite", "the superuser writes what it has given away")
            .nitpick("testIsSameFileOtherProvider", "asks for a path of another provider")
            .nitpick(
                "testIsSameFileOfDifferentPathNonExistingFileIsNot", "a file is not a directory")
            .nitpick("testSymLinkToUnnormalizedRelPath", ".. leads on from the target of a link")
            .nitpick("testTruncateOnAppendChannelThrows", "the JDK's own channels do not, either")
            .done();
  }

  private static Path directory(NommuFileSystem fileSystem, String path) throws IOException {
    return Files.createDirectories(fileSystem.getPath(path));
  }

  /** Gives everything back. */
  @AfterClass
  public static void close() throws IOException {
    first.close();
    second.close();
    closable.close();
    limited.close();
    try (var files = Files.walk(host)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
