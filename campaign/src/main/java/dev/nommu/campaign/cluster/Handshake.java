package dev.nommu.campaign.cluster;

import com.hazelcast.nio.MemberSocketInterceptor;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Properties;

/**
 * Lets two members prove to each other that they know the secret, before anything else is read from
 * the connection. The connecting member proves it first: a stranger receives nothing that depends
 * on the secret. Each proof covers the sender's version.
 *
 * <p>It is not encryption: it does not prevent others from reading or changing later traffic.
 *
 * @param secret of the campaign
 * @param version of nommu: members of another version would run other sessions
 */
record Handshake(Secret secret, String version) implements MemberSocketInterceptor {
  private static final int NONCE = 32;
  private static final int PROOF = 32;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  @Override
  public void init(Properties properties) {}

  @Override
  public void onAccept(Socket socket) throws IOException {
    Talk talk = new Talk(socket);
    byte[] mine = nonce();
    talk.send(mine);
    byte[] theirs = talk.receive(NONCE);
    String other = talk.receiveVersion();
    require(talk.receive(PROOF), secret.proof("connect", mine, theirs, utf8(other)), socket);
    talk.sendVersion(version);
    talk.send(secret.proof("accept", mine, theirs, utf8(version)));
    requireSame(other, socket);
    talk.end();
  }

  @Override
  public void onConnect(Socket socket) throws IOException {
    Talk talk = new Talk(socket);
    byte[] theirs = talk.receive(NONCE);
    byte[] mine = nonce();
    talk.send(mine);
    talk.sendVersion(version);
    talk.send(secret.proof("connect", theirs, mine, utf8(version)));
    String other = talk.receiveVersion();
    require(talk.receive(PROOF), secret.proof("accept", theirs, mine, utf8(other)), socket);
    requireSame(other, socket);
    talk.end();
  }

  /**
   * Checks that a member answers.
   *
   * @throws IOException if there is none, or it has another secret or version; the message states
   *     which
   */
  void tryAt(Endpoint member) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(member.address(), member.port()), PATIENCE_MILLIS);
      onConnect(socket);
    } catch (ConnectException | NoRouteToHostException nobody) {
      throw new IOException(member + ": no member listens there", nobody);
    } catch (SocketTimeoutException silent) {
      throw new IOException(member + ": no answer, or not from a member of a campaign", silent);
    } catch (EOFException | SocketException refused) {
      throw new IOException(
          member + ": expected a campaign with the same secret, was refused", refused);
    }
  }

  private static byte[] nonce() {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    return nonce;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void require(byte[] found, byte[] expected, Socket socket) throws IOException {
    if (!MessageDigest.isEqual(found, expected)) {
      throw new IOException(
          socket.getRemoteSocketAddress() + ": does not know the secret of this campaign");
    }
  }

  private void requireSame(String other, Socket socket) throws IOException {
    if (!other.equals(version)) {
      throw new IOException(
          "%s: expected nommu %s, found %s"
              .formatted(socket.getRemoteSocketAddress(), version, other));
    }
  }

  private static final class Talk {
    private final Socket socket;
    private final int timeout;
    private final DataInputStream in;
    private final DataOutputStream out;

    Talk(Socket socket) throws IOException {
      this.socket = socket;
      this.timeout = socket.getSoTimeout();
      socket.setSoTimeout(PATIENCE_MILLIS);
      this.in = new DataInputStream(socket.getInputStream());
      this.out = new DataOutputStream(socket.getOutputStream());
    }

    void send(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    byte[] receive(int count) throws IOException {
      byte[] bytes = new byte[count];
      in.readFully(bytes);
      return bytes;
    }

    void sendVersion(String version) throws IOException {
      byte[] bytes = utf8(version);
      out.writeByte(bytes.length);
      send(bytes);
    }

    String receiveVersion() throws IOException {
      return new String(receive(in.readUnsignedByte()), StandardCharsets.UTF_8);
    }

    void end() throws IOException {
      socket.setSoTimeout(timeout);
    }
  }
}
