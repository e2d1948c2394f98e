package dev.nommu.campaign.cluster;

import com.google.gson.Gson;
import dev.nommu.campaign.Lease;
import java.util.List;

/**
 * What a member shall do.
 *
 * @param word to go on or to stop
 * @param leases what it shall run, in this order
 */
record Orders(Word word, List<Lease> leases) {
  static final Orders NONE = run(List.of());
  static final Orders STOP = new Orders(Word.STOP, List.of());

  /** What a member shall do. */
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
