package dev.nommu.snippets;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.campaign.Campaign;
import dev.nommu.campaign.CampaignFolder;
import dev.nommu.campaign.CampaignReport;
import dev.nommu.campaign.Conditions;
import dev.nommu.campaign.Plan;
import dev.nommu.campaign.Seeds;
import dev.nommu.campaign.TestedPlugin;
import dev.nommu.kernel.board.Board;
import dev.nommu.tck.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreetingCampaignTest {
  @Test
  void sessionsFindNothingWrong(@TempDir Path directory) throws Exception {
    Subject subject = Subject.driver(GreetingDriver::new, Board.read(Path.of("greeting.dts")));
    TestedPlugin greeting = TestedPlugin.of(GreetingDriver.class.getName(), subject);
    Plan plan = Plan.ofSessions(List.of(greeting), new Seeds(1, 1_000_000));
    Conditions conditions = Conditions.allProcessors().within(Duration.ofSeconds(3));
    try (CampaignFolder folder = CampaignFolder.create(directory.resolve("campaign"), plan)) {
      Campaign campaign = new Campaign(folder, List.of(greeting));
      CampaignReport report = campaign.run(conditions, progress -> {});
      assertTrue(report.isSound(), report::summary);
    }
  }
}
