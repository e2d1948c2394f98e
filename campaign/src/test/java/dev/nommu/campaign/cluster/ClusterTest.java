package dev.nommu.campaign.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What members answer each other is read, and objects of other classes are not. */
final class ClusterTest {
  private static final Secret SECRET =
      new Secret("what all members know".getBytes(StandardCharsets.UTF_8));

  @Test
  void exceptions_whichMembersAnswer_areRead() throws Exception {
    try (Cluster cluster = Cluster.begin(Endpoint.ANY_OF_LOOPBACK, SECRET)) {
      IMap<String, Object> map = cluster.map("test");
      map.set("exception", new IllegalStateException("migrating"));
      assertThat(map.get("exception")).isInstanceOf(IllegalStateException.class);
    }
  }
}
