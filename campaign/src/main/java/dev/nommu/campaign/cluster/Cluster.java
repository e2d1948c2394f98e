package dev.nommu.campaign.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.MemberSocketInterceptor;
import dev.nommu.tck.session.Capsule;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * A member's side of the cluster. TCP only, bound to the given address only; no multicast, no
 * clients, no REST, and no telemetry. Thread-safe.
 */
final class Cluster implements AutoCloseable {
  private static final String NEVER = String.valueOf(Integer.MAX_VALUE);

  /** Members that come and go are listed in the report. */
  private static final Map<String, String> QUIET =
      Map.of(
          "hazelcast.phone.home.enabled", "false",
          "hazelcast.logging.type", "none",
          "hazelcast.shutdownhook.enabled", "false",
          "hazelcast.socket.bind.any", "false",
          "hazelcast.partition.count", "31",
          "hazelcast.operation.thread.count", "2",
          "hazelcast.operation.generic.thread.count", "2",
          "hazelcast.wait.seconds.before.join", "0",
          "hazelcast.max.join.seconds", "30");

  /** A member that is silent for longer is removed, and cannot come back unnoticed. */
  private static final Map<String, String> PATIENCE =
      Map.of(
          "hazelcast.heartbeat.interval.seconds", "2",
          "hazelcast.max.no.heartbeat.seconds", "20",
          "hazelcast.operation.call.timeout.millis", "20000",
          "hazelcast.graceful.shutdown.max.wait", "5",
          "hazelcast.merge.first.run.delay.seconds", NEVER);

  /** It warns about Java modules before it reads its configuration. */
  private static final Logger LOGGER = Logger.getLogger("com.hazelcast");

  static {
    LOGGER.setLevel(Level.OFF);
  }

  private final HazelcastInstance instance;

  private Cluster(HazelcastInstance instance) {
    this.instance = instance;
  }

  /**
   * Starts a cluster.
   *
   * @param own the endpoint of this member
   * @throws IOException if the address cannot be used; the message states why
   */
  static Cluster begin(Endpoint own, Secret secret) throws IOException {
    return start(own, Optional.empty(), new Handshake(secret, Capsule.VERSION));
  }

  /**
   * Joins a cluster.
   *
   * @param own the endpoint of this member
   * @param member any other member
   * @throws IOException if the address cannot be used, no member listens there, or its secret or
   *     version differs; the message states which
   */
  static Cluster join(Endpoint own, Endpoint member, Secret secret) throws IOException {
    Handshake handshake = new Handshake(secret, Capsule.VERSION);
    handshake.tryAt(member);
    Cluster cluster = start(own, Optional.of(member), handshake);
    if (cluster.members().size() < 2) {
      cluster.close();
      throw new IOException(
          member + ": expected to be let in, was not: the members cannot reach " + own);
    }
    return cluster;
  }

  private static Cluster start(Endpoint own, Optional<Endpoint> member, Handshake handshake)
      throws IOException {
    own.requireFree();
    try {
      return new Cluster(
          HazelcastInstanceFactory.newHazelcastInstance(
              config(own, member, handshake.secret()), null, new Guarded(handshake)));
    } catch (HazelcastException | IllegalStateException unusable) {
      throw new IOException(own + ": " + unusable.getMessage(), unusable);
    }
  }

  private static Config config(Endpoint own, Optional<Endpoint> member, Secret secret)
      throws IOException {
    Config config = new Config();
    config.setClusterName(secret.clusterName());
    QUIET.forEach(config::setProperty);
    PATIENCE.forEach(config::setProperty);
    config.getSerializationConfig().setJavaSerializationFilterConfig(filter());
    config.getMapConfig("*").setBackupCount(1);
    AdvancedNetworkConfig network = config.getAdvancedNetworkConfig();
    network.setEnabled(true);
    ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig();
    endpoint.setPort(own.port()).setPortAutoIncrement(false);
    endpoint.getInterfaces().setEnabled(true).addInterface(own.address().getHostAddress());
    endpoint.setSocketInterceptorConfig(
        new SocketInterceptorConfig().setEnabled(true).setClassName(Handshake.class.getName()));
    network.setMemberEndpointConfig(endpoint);
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    member.ifPresent(other -> join.getTcpIpConfig().addMember(other.toString()));
    return config;
  }

  /** Answers may contain exceptions with stack traces: an answer refused by the filter is lost. */
  private static JavaSerializationFilterConfig filter() {
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    filter.getWhitelist().addPrefixes("java.", "[Ljava.", "com.hazelcast.", "[Lcom.hazelcast.");
    return filter;
  }

  /** A member whose connections start with the handshake. */
  private static final class Guarded extends DefaultNodeContext {
    private final Handshake handshake;

    Guarded(Handshake handshake) {
      this.handshake = handshake;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
      return new DefaultNodeExtension(node) {
        @Override
        public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier endpoint) {
          return handshake;
        }
      };
    }
  }

  <K, V> IMap<K, V> map(String name) {
    return instance.getMap(name);
  }

  /** Returns the name of this member. */
  String own() {
    return name(instance.getCluster().getLocalMember());
  }

  /** Returns the names of all members. */
  Set<String> members() {
    return instance.getCluster().getMembers().stream()
        .map(Cluster::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String name(Member member) {
    UUID id = member.getUuid();
    return "%s:%d (%s)"
        .formatted(
            member.getAddress().getHost(),
            member.getAddress().getPort(),
            id.toString().substring(0, 8));
  }

  /** Leaves the cluster, at once. */
  @Override
  public void close() {
    instance.getLifecycleService().terminate();
  }

  /** Leaves the cluster once others have copies of this member's data. */
  void leave() {
    instance.shutdown();
  }
}
