package dev.nommu.cli.board;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.fs.MountPoint;
import dev.nommu.kernel.memory.Bank;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A machine as JSON; docs/BOARDS.md describes it. */
final class BoardJson {
  private static final int VERSION = 1;

  private BoardJson() {}

  /** Returns a document that ends without a line end. */
  static String of(Machine machine) {
    JsonObject all = new JsonObject();
    all.addProperty("version", VERSION);
    all.addProperty("board", machine.board().name());
    all.addProperty("profile", machine.profile().id());
    all.addProperty("bootargs", machine.board().commandLine());
    all.add("unheededBootargs", list(machine.unheededBootArguments(), JsonPrimitive::new));
    all.add("memory", list(machine.memory().banks(), BoardJson::bank));
    all.add("reserved", list(machine.board().reserved(), BoardJson::range));
    all.addProperty("freePages", machine.freePages());
    all.add("freeBlocks", list(machine.freeBlocks(), JsonPrimitive::new));
    all.add("parts", list(Inventory.of(machine), BoardJson::part));
    all.add("mounts", list(machine.mounts(), mount -> mount(machine, mount)));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all);
  }

  private static <T> JsonArray list(List<? extends T> values, Function<T, JsonElement> form) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(form.apply(value)));
    return array;
  }

  private static JsonArray texts(Stream<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static JsonObject bank(Bank bank) {
    JsonObject object = range(bank.range());
    object.addProperty("name", bank.name());
    return object;
  }

  /** 64-bit addresses do not fit into JavaScript's numbers. */
  private static JsonObject range(AddressRange range) {
    JsonObject object = new JsonObject();
    object.addProperty("address", "0x%x".formatted(range.start()));
    object.addProperty("size", range.length());
    return object;
  }

  private static JsonObject part(Part part) {
    JsonObject object = new JsonObject();
    object.addProperty("place", part.path());
    object.add("addresses", list(part.addresses(), BoardJson::range));
    object.add("compatible", texts(part.compatible().stream()));
    part.outcomes().stream().findFirst().ifPresent(first -> object.add("outcome", outcome(first)));
    if (part.outcomes().size() > 1) {
      object.add(
          "furtherOutcomes",
          list(part.outcomes().subList(1, part.outcomes().size()), BoardJson::outcome));
    }
    object.add("devices", list(part.devices(), BoardJson::device));
    object.add("parts", list(part.children(), BoardJson::part));
    return object;
  }

  private static JsonObject outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Bound(String driver) -> outcome("bound", driver, "");
      case Outcome.NoDriver none -> outcome("no driver", "", "");
      case Outcome.NotUsed(String reason) -> outcome("not used", "", reason);
      case Outcome.Disabled disabled -> outcome("disabled", "", "");
      case Outcome.Failed(String driver, ErrnoException reason) ->
          outcome("failed", driver, reason.describe());
    };
  }

  private static JsonObject outcome(String what, String driver, String reason) {
    JsonObject object = new JsonObject();
    object.addProperty("what", what);
    addUnlessEmpty(object, "driver", driver);
    addUnlessEmpty(object, "reason", reason);
    return object;
  }

  private static void addUnlessEmpty(JsonObject object, String name, String text) {
    if (!text.isEmpty()) {
      object.addProperty(name, text);
    }
  }

  private static JsonObject device(Device device) {
    JsonObject object = new JsonObject();
    object.addProperty("path", device.path());
    object.addProperty("kind", device.kind());
    object.addProperty("number", device.number());
    object.addProperty("driver", device.node().driver());
    device.label().ifPresent(label -> object.addProperty("label", label));
    device
        .store()
        .ifPresent(store -> {
          object.addProperty("size", store.size());
          store
              .range()
              .ifPresent(range -> object.addProperty("address", "0x%x".formatted(range.start())));
        });
    object.add("mounts", texts(device.mounts().stream().map(MountPoint::path)));
    return object;
  }

  private static JsonObject mount(Machine machine, MountPoint mount) {
    JsonObject object = new JsonObject();
    object.addProperty("path", mount.path());
    object.addProperty("type", mount.type());
    object.addProperty("source", mount.source());
    object.add("flags", texts(mount.flags().stream().sorted().map(MountFlag::option)));
    new MountCover(machine.mounts())
        .of(mount)
        .ifPresent(cover -> object.addProperty("hiddenBy", cover.path()));
    return object;
  }
}
