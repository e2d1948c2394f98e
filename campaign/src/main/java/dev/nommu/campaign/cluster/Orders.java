package dev.nommu.campaign.cluster;

import com.google.gson.Gson;
import dev.nommu.campaign.Lease;
import java.util.List;

/**
 * Instructions to a member.
 *
 * @param word whether to continue or to stop
 * @param leases the leases to run, in this order
 */
record Orders(Word word, List<Lease> leases) {
  static final Orders NONE = run(List.of());
  static final Orders STOP = new Orders(Word.STOP, List.of());

  /** Instructions to a member. */
  enum Word {
    RUN,
    STOP
  }

  /** Takes an immutable copy. */
  Orders {
    leases = List.copyOf(leases);
  }

  static Orders run(List<Lease> leases) {
    return new Orders(Word.RUN, leases);
  }

  static Orders parse(String json) {
    return new Gson().fromJson(json, Orders.class);
  }

  String toJson() {
    return new Gson().toJson(this);
  }
}
