package dev.nommu.kernel.exec;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.mm.ProcessImage;
import dev.nommu.kernel.task.DescriptorCalls;
import dev.nommu.kernel.task.UnnamedFileCalls.PipeDescriptors;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code execve} regardless of the format of the file. */
final class ExecveTest {
  private static final byte[] HELLO = new FlatFile().text(new byte[100]).bytes();

  /** 32 pages without a pointer. */
  private static final int LIMIT = 32 * PAGE - 8;

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls init() throws ErrnoException {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    Exec.install(p, "/hello", HELLO);
    return p;
  }

  private static void install(TaskCalls p, String path, String text) throws ErrnoException {
    Exec.install(p, path, text.getBytes(StandardCharsets.UTF_8));
  }

  private static ExecRequest request(TaskCalls p) {
    return p.space().executed().orElseThrow().request();
  }

  @Test
  void exec01_textsThatJustFit_areTaken() throws Exception {
    TaskCalls p = init();
    String argument = "a".repeat(LIMIT - "/hello".length() - 1 - 1 - "E=1".length() - 1);
    TaskCalls child = p.other();
    child.task().processes().execve("/hello", List.of(argument), List.of("E=1"));
    assertThat(request(child).arguments()).containsExactly(argument);
  }

  @Test
  void exec01_oneByteMore_isE2bigAndChangesNothing() throws Exception {
    TaskCalls p = init();
    long mapped = p.anonymous(PAGE);
    String argument = "a".repeat(LIMIT - "/hello".length() - 1 - "E=1".length() - 1);
    assertErrno(
        Errno.E2BIG,
        "EXEC-01",
        () -> p.task().processes().execve("/hello", List.of(argument), List.of("E=1")));
    assertErrno(
        Errno.E2BIG,
        "EXEC-01",
        () -> p.task().processes().execve("/hello", List.of("h"), List.of(argument + "aa")));
    assertThat(p.task().mapping(mapped)).isPresent();
    assertThat(p.task().memoryMap().image()).isEmpty();
  }

  @Test
  void exec01_argumentsThatAScriptAdds_count() throws Exception {
    TaskCalls p = init();
    install(p, "/script", "#!/hello " + "a".repeat(200) + "\n");
    String argument = "a".repeat(LIMIT - 100);
    assertErrno(Errno.E2BIG, "EXEC-01", () -> Exec.run(p, "/script", "script", argument));
  }

  @Test
  void fileThatIsNotThere_isEnoent() throws Exception {
    TaskCalls p = init();
    assertErrno(Errno.ENOENT, () -> Exec.run(p, "/none", "none"));
    assertErrno(Errno.ENOENT, () -> Exec.run(p, "", "none"));
    assertErrno(Errno.ENOTDIR, () -> Exec.run(p, "/hello/none", "none"));
  }

  @Test
  void fileThatNobodyMayExecute_isEaccesEvenForRoot() throws Exception {
    TaskCalls p = init();
    p.task().tree().chmod("/hello", 0666);
    assertThat(failureOf(() -> Exec.run(p, "/hello", "hello")))
        .hasMessageContaining("0666")
        .matches(failure -> failure.errno() == Errno.EACCES);
    p.task().tree().chmod("/hello", 0001);
    Exec.child(p, "/hello", "hello");
  }

  @Test
  void whatIsNoRegularFile_isEacces() throws Exception {
    TaskCalls p = init();
    assertErrno(Errno.EACCES, () -> Exec.run(p, "/tmp", "tmp"));
    assertErrno(Errno.EACCES, () -> Exec.run(p, "/dev/console", "console"));
  }

  @Test
  void fileOnAMountWithNoexec_isEacces() throws Exception {
    TaskCalls p = init();
    p.task().tree().mount("none", "/mnt", "ramfs", 8, "");
    Exec.install(p, "/mnt/hello", HELLO);
    assertErrno(Errno.EACCES, () -> Exec.run(p, "/mnt/hello", "hello"));
  }

  @Test
  void fileOfNoFormat_isEnoexec() throws Exception {
    TaskCalls p = init();
    install(p, "/text", "neither program nor script");
    assertErrno(Errno.ENOEXEC, () -> Exec.run(p, "/text", "text"));
    install(p, "/empty", "");
    assertErrno(Errno.ENOEXEC, () -> Exec.run(p, "/empty", "empty"));
  }

  @Test
  void argumentWithAZeroByte_isEinval() throws Exception {
    TaskCalls p = init();
    assertErrno(Errno.EINVAL, () -> Exec.run(p, "/hello", "a\0b"));
  }

  @Test
  void noArguments_areOneThatIsEmpty() throws Exception {
    assertThat(request(Exec.child(init(), "/hello")).arguments()).containsExactly("");
  }

  @Test
  void script_isReadByItsInterpreter() throws Exception {
    TaskCalls p = init();
    install(p, "/script", "#! /hello -e -x\nwhatever\n");
    TaskCalls child = Exec.child(p, "/script", "zero", "one", "two");
    assertThat(request(child).arguments())
        .containsExactly("/hello", "-e -x", "/script", "one", "two");
    assertThat(request(child).path()).isEqualTo("/script");
    assertThat(child.task().name()).isEqualTo("script");
  }

  @Test
  void scriptOfAScript_isReadByThatOnesInterpreter() throws Exception {
    TaskCalls p = init();
    install(p, "/inner", "#!/hello -i\n");
    install(p, "/outer", "#!/inner -o\n");
    assertThat(request(Exec.child(p, "/outer", "outer", "x")).arguments())
        .containsExactly("/hello", "-i", "/inner", "-o", "/outer", "x");
  }

  @Test
  void scriptWhoseInterpreterIsNotThere_isEnoent() throws Exception {
    TaskCalls p = init();
    install(p, "/script", "#!/none\n");
    assertErrno(Errno.ENOENT, () -> Exec.run(p, "/script", "script"));
  }

  @Test
  void fiveScripts_areTheMost() throws Exception {
    TaskCalls p = init();
    install(p, "/s1", "#!/hello\n");
    for (int i = 2; i <= 6; i++) {
      install(p, "/s" + i, "#!/s" + (i - 1) + "\n");
    }
    Exec.child(p, "/s5", "s5");
    assertErrno(Errno.ELOOP, () -> Exec.run(p, "/s6", "s6"));
    install(p, "/self", "#!/self\n");
    assertErrno(Errno.ELOOP, () -> Exec.run(p, "/self", "self"));
  }

  @Test
  void exec11_oldMappings_goAsAtExit() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    TaskCalls child = new TaskCalls(machine.init()).other();
    Exec.install(child, "/hello", HELLO);
    child.anonymous(64 * PAGE);
    child.map(child.file("/data", TaskCalls.pattern(PAGE)), PAGE, 1, 2);
    child.task().tree().unlink("/data");
    Exec.run(child, "/hello", "hello");
    assertThat(machine.regions()).hasSize(2);
    assertThat(child.task().memoryMap().size()).isEqualTo(2);
  }

  @Test
  void exec11_memoryThatAnotherProcessShares_staysItsOwn() throws Exception {
    TaskCalls p = init();
    long mapped = p.anonymous(PAGE);
    TaskCalls child = new TaskCalls(p.task().processes().clone(0x100));
    Exec.run(child, "/hello", "hello");
    assertThat(p.task().mapping(mapped)).isPresent();
    assertThat(child.task().mapping(mapped)).isEmpty();
    assertThat(p.task().memoryMap().users()).isEqualTo(1);
  }

  @Test
  void descriptors_stayUnlessTheyAreMarked() throws Exception {
    TaskCalls p = init();
    int kept = p.read("/hello");
    int marked = p.task().open("/hello", OpenFlags.O_RDONLY | OpenFlags.O_CLOEXEC);
    int copy = p.task().dup(marked);
    int later = p.read("/hello");
    p.task().descriptors().fcntl(later, DescriptorCalls.F_SETFD, DescriptorCalls.FD_CLOEXEC);
    PipeDescriptors pipe = p.task().unnamedFiles().pipe2(OpenFlags.O_CLOEXEC);
    Exec.run(p, "/hello", "hello");
    for (int open : List.of(kept, copy)) {
      assertThat(p.task().descriptors().fcntl(open, DescriptorCalls.F_GETFD, 0)).isZero();
    }
    for (int closed : List.of(marked, later, pipe.read(), pipe.write())) {
      assertErrno(Errno.EBADF, () -> p.task().fstat(closed));
    }
  }

  @Test
  void markOfADescriptor_isInheritedAndForgottenAtClose() throws Exception {
    TaskCalls p = init();
    int marked = p.task().open("/hello", OpenFlags.O_RDONLY | OpenFlags.O_CLOEXEC);
    TaskCalls child = new TaskCalls(p.task().processes().clone(0x100));
    assertThat(child.task().descriptors().fcntl(marked, DescriptorCalls.F_GETFD, 0)).isEqualTo(1);
    p.task().close(marked);
    assertThat(p.read("/hello")).isEqualTo(marked);
    assertThat(p.task().descriptors().fcntl(marked, DescriptorCalls.F_GETFD, 0)).isZero();
    assertErrno(Errno.EINVAL, () -> p.task().descriptors().fcntl(marked, 99, 0));
  }

  @Test
  void exec12_fileThatIsOpenForWriting_isNotExecuted() throws Exception {
    TaskCalls p = init();
    install(p, "/script", "#!/hello\n");
    for (String written : List.of("/hello", "/script")) {
      int writer = p.task().open(written, OpenFlags.O_WRONLY);
      assertErrno(Errno.ETXTBSY, "EXEC-12", () -> Exec.run(p, "/script", "script"));
      p.task().close(writer);
    }
    Exec.run(p, "/script", "script");
    p.task().close(p.task().open("/hello", OpenFlags.O_WRONLY));
  }

  @Test
  void exec_thatFails_closesNothing() throws Exception {
    TaskCalls p = init();
    int marked = p.task().open("/hello", OpenFlags.O_RDONLY | OpenFlags.O_CLOEXEC);
    install(p, "/text", "no program");
    assertErrno(Errno.ENOEXEC, () -> Exec.run(p, "/text", "text"));
    assertThat(p.task().fstat(marked).attributes().size()).isEqualTo(HELLO.length);
  }

  @Test
  void name_isTheLastPartOfThePathCutTo15Bytes() throws Exception {
    TaskCalls p = init();
    Exec.install(p, "/tmp/abcdefghijklmnopq", HELLO);
    TaskCalls child = Exec.child(p, "/tmp/abcdefghijklmnopq", "something else");
    assertThat(child.task().name()).isEqualTo("abcdefghijklmno");
  }

  @Test
  void commandLine_isKeptWithZeroBytes() throws Exception {
    TaskCalls child = init().other();
    child.task().processes().execve("/hello", List.of("hello", "ä"), List.of("A=1", "B=2"));
    ProcessImage executed = child.space().executed().orElseThrow();
    assertThat(executed.commandLine()).isEqualTo("hello\0ä\0");
    assertThat(executed.environment()).isEqualTo("A=1\0B=2\0");
  }

  @Test
  void manyExecs_leaveNothingBehind() throws Exception {
    Machine machine = machines.boot(Profile.LINUX_6_12);
    TaskCalls child = new TaskCalls(machine.init()).other();
    Exec.install(child, "/hello", HELLO);
    long before = machine.freePages();
    for (int i : IntStream.range(0, 200).toArray()) {
      Exec.run(child, "/hello", "hello" + i);
    }
    child.task().exit();
    assertThat(machine.freePages()).isEqualTo(before);
  }
}
