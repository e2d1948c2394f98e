package dev.nommu.campaign.cluster;

import com.google.gson.Gson;
import dev.nommu.campaign.Lease;

/**
 * The results of a range.
 *
 * @param lease under which it was run
 * @param text as the ledger takes it
 */
record Result(Lease lease, String text) {
  static Result parse(String json) {
    return new Gson().fromJson(json, Result.class);
  }

  String toJson() {
    return new Gson().toJson(this);
  }
}
