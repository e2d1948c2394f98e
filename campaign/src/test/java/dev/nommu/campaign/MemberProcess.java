package dev.nommu.campaign;

import dev.nommu.campaign.cluster.Endpoint;
import dev.nommu.campaign.cluster.Joined;
import dev.nommu.campaign.cluster.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A member in a process of its own, which can be stopped and killed. */
final class MemberProcess {
  private static final String JOINED = "joined";

  private MemberProcess() {}

  /** Joins the campaign at a port of the loopback, with the secret of a file. */
  public static void main(String[] arguments) throws Exception {
    Endpoint first = Endpoint.parse(arguments[0]);
    try (Joined joined =
            Joined.at(Endpoint.ANY_OF_LOOPBACK, first, Secret.read(Path.of(arguments[1])));
        RangeRun run =
            new RangeRun(joined.plan(), List.of(Slate.tested(Slate.Overflowing::new)), 1)) {
      System.out.println(JOINED);
      System.out.println(joined.work(run));
    }
    System.exit(0);
  }

  /** Starts one, and returns when it has joined. */
  static Process start(Endpoint first, Path secret) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                MemberProcess.class.getName(),
                first.toString(),
                secret.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader said = process.inputReader();
    String line = said.readLine();
    if (!JOINED.equals(line)) {
      process.destroyForcibly();
      throw new IOException("expected that it joins, found " + line);
    }
    return process;
  }
}
