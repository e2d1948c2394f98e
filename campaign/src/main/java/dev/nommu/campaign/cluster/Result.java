package dev.nommu.campaign.cluster;

import com.google.gson.Gson;
import dev.nommu.campaign.Lease;

/**
 * The results of a range.
 *
 * @param lease the lease it was run under
 * @param text in the ledger's format
 */
record Result(Lease lease, String text) {
  static Result parse(String json) {
    return new Gson().fromJson(json, Result.class);
  }

  String toJson() {
    return new Gson().toJson(this);
  }
}
