"""What an evaluation is made of: plans, questions, engines, scored predictions, cells."""
