package dev.nommu.campaign.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who connects learns in one sentence why it is not let in, and a stranger nothing else. */
final class HandshakeTest {
  private static final Secret SECRET = secret("what all members know");
  private static final Handshake MEMBER = new Handshake(SECRET, "1.0");

  private ServerSocket server;
  private Endpoint there;

  private static Secret secret(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    there = new Endpoint("127.0.0.1", server.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private CompletableFuture<String> accept(Handshake first) {
    return CompletableFuture.supplyAsync(() -> {
      try (Socket socket = server.accept()) {
        first.onAccept(socket);
        return "accepted";
      } catch (IOException refused) {
        return String.valueOf(refused.getMessage());
      }
    });
  }

  @Test
  void memberOfTheSameVersion_thatKnowsTheSecret_isLetIn() throws Exception {
    CompletableFuture<String> first = accept(MEMBER);
    assertThatCode(() -> new Handshake(secret("what all members know"), "1.0").tryAt(there))
        .doesNotThrowAnyException();
    assertThat(first.get()).isEqualTo("accepted");
  }

  @Test
  void memberOfAnotherVersion_isToldBoth() throws Exception {
    CompletableFuture<String> first = accept(MEMBER);
    assertThatIOException()
        .isThrownBy(() -> new Handshake(SECRET, "1.1").tryAt(there))
        .withMessageContaining("expected nommu 1.1, found 1.0");
    assertThat(first.get()).contains("expected nommu 1.0, found 1.1");
  }

  @Test
  void strangerIsRefused_byBothSides() throws Exception {
    CompletableFuture<String> first = accept(MEMBER);
    assertThatIOException()
        .isThrownBy(() -> new Handshake(secret("what others know, too"), "1.0").tryAt(there))
        .withMessage(there + ": expected a campaign with the same secret, was refused");
    assertThat(first.get()).contains("does not know the secret of this campaign");
  }

  @Test
  void proofOfOneSide_isNotThatOfTheOther() {
    byte[] one = new byte[32];
    assertThat(SECRET.proof("connect", one)).isNotEqualTo(SECRET.proof("accept", one));
  }

  @Test
  void whereNobodyListens_orNoHostIs_thatIsSaid() throws Exception {
    server.close();
    assertThatIOException()
        .isThrownBy(() -> MEMBER.tryAt(there))
        .withMessage(there + ": no member listens there");
    assertThatIOException()
        .isThrownBy(() -> MEMBER.tryAt(new Endpoint("nowhere.invalid", 5701)))
        .withMessage("nowhere.invalid:5701: no such host");
  }

  @Test
  void portInUse_isSaid() {
    assertThatIOException()
        .isThrownBy(() -> Cluster.begin(there, SECRET))
        .withMessage(there + ": Address already in use");
  }

  @Test
  void endpoint_isHostAndPort_orAPortOfTheLoopback() {
    assertThat(Endpoint.parse("5701")).isEqualTo(new Endpoint("127.0.0.1", 5701));
    assertThat(Endpoint.parse("[::1]:80")).isEqualTo(new Endpoint("::1", 80));
    assertThat(Endpoint.parse("[::1]:80")).hasToString("[::1]:80");
    assertThat(catchThrowable(() -> Endpoint.parse("host:99999"))).hasMessageContaining("65535");
    assertThat(catchThrowable(() -> Endpoint.parse("host")))
        .hasMessageContaining("expected HOST:PORT");
  }
}
